import { expect, test } from "vitest";
import { parseDuration, readAuthSettings } from "../../../../../sandbox/supabase/auth/settings";
import { renderLetter } from "../../../../../sandbox/supabase/auth/letters/render";

const config = "supabase/config.toml";

test.each([
  ["24h", 86_400_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1500],
  ["0s", 0],
])("the duration %s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "none", "1 day", "5", "1h x"])("%j is no duration", (text) => {
  expect(() => parseDuration(text)).toThrow(`invalid duration "${text}"`);
});

test("the settings are those of the hosted project, but without a confirmation and a pause between letters", () => {
  expect(readAuthSettings(config, {})).toMatchObject({
    passwordLength: 8,
    codeLength: 6,
    codeSeconds: 3600,
    confirmsBothAddresses: true,
    allowsLinking: true,
    confirmsAtOnce: true,
    letterPause: 0,
    captchaToken: "",
  });
  const strict = { SANDBOX_CONFIRM: "1", SANDBOX_LETTER_PAUSE: "1" };
  expect(readAuthSettings(config, strict)).toMatchObject({ confirmsAtOnce: false, letterPause: 60_000 });
});

test("a letter has its values in it, and none of them as HTML", () => {
  const values = {
    SiteURL: "https://studio.example",
    Email: "<b>ann</b>@darkroom.test",
    Token: "012345",
    TokenHash: "abc",
  };
  const letter = renderLetter(
    { to: "ann@darkroom.test", template: "confirmation", values },
    readAuthSettings(config, {}),
  );
  expect(letter).toMatchObject({
    to: "ann@darkroom.test",
    subject: "Confirm your e-mail address",
    code: "012345",
    link: "https://studio.example/auth/confirm?token_hash=abc&type=email",
  });
  expect(letter.html).toContain("&lt;b&gt;ann&lt;/b&gt;@darkroom.test");
  expect(letter.html).not.toContain("{{");
});

import { expect, test } from "vitest";
import { parseDuration, readAuthSettings } from "../../../../../sandbox/supabase/auth/settings";
import { renderMail } from "../../../../../sandbox/supabase/auth/mail/render";

const config = "supabase/config.toml";

test.each([
  ["24h", 86_400_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1500],
  ["0s", 0],
])("the duration %s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(["", "none", "5", "1h x"])("%j is no duration", (text) => {
  expect(() => parseDuration(text)).toThrow(`time: invalid duration "${text}"`);
});

test("a day is no unit of a duration", () => {
  expect(() => parseDuration("2d")).toThrow('time: unknown unit "d" in duration "2d"');
});

test("the settings are those of the hosted project, but without a confirmation and a pause between e-mails", () => {
  expect(readAuthSettings(config, {})).toMatchObject({
    passwordLength: 8,
    codeLength: 6,
    asksBeforeNewPassword: true,
    codeSeconds: 600,
    confirmsBothAddresses: true,
    allowsLinking: true,
    confirmsAtOnce: true,
    mailPause: 0,
    captchaToken: "",
  });
  const strict = { SANDBOX_CONFIRM: "1", SANDBOX_MAIL_PAUSE: "1" };
  expect(readAuthSettings(config, strict)).toMatchObject({ confirmsAtOnce: false, mailPause: 60_000 });
});

test("an e-mail has its values in it, and none of them as HTML", () => {
  const values = {
    SiteURL: "https://studio.example",
    Email: "<b>ann</b>@darkroom.test",
    Token: "012345",
    TokenHash: "abc",
  };
  const mail = renderMail({ to: "ann@darkroom.test", template: "confirmation", values }, readAuthSettings(config, {}));
  expect(mail).toMatchObject({
    to: "ann@darkroom.test",
    subject: "Confirm your e-mail address",
    code: "012345",
    link: "https://studio.example/auth/confirm?token_hash=abc&type=email",
  });
  expect(mail.html).toContain("&lt;b&gt;ann&lt;/b&gt;@darkroom.test");
  expect(mail.html).not.toContain("{{");
});

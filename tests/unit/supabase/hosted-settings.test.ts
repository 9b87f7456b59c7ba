import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { expect, test } from "vitest";
import { z } from "zod";
import { productName } from "../../../lib/config";

const Settings = z.object({
  auth: z.object({
    jwt_expiry: z.number(),
    enable_refresh_token_rotation: z.boolean(),
    enable_anonymous_sign_ins: z.boolean(),
    rate_limit: z.object({ token_verifications: z.number() }),
    email: z.object({
      enable_confirmations: z.boolean(),
      double_confirm_changes: z.boolean(),
      secure_password_change: z.boolean(),
      otp_length: z.number(),
      otp_expiry: z.number(),
      template: z.record(z.string(), z.object({ subject: z.string(), content_path: z.string() })),
    }),
  }),
});
const { auth } = Settings.parse(parse(readFileSync("supabase/config.toml", "utf8")));

test("an account needs a confirmed e-mail address, and a new address the confirmation of both", () => {
  expect(auth.email).toMatchObject({ enable_confirmations: true, double_confirm_changes: true });
  expect(auth.enable_anonymous_sign_ins).toBe(false);
});

test("an old session cannot change the password without a code by e-mail", () => {
  expect(auth.email.secure_password_change).toBe(true);
});

test("while an e-mail is valid, one address can guess at most one in a thousand of its codes", () => {
  // Supabase allows each IP address this many guesses before the rate limit applies.
  const burst = 30;
  const perSecond = auth.rate_limit.token_verifications / 300;
  expect(burst + perSecond * auth.email.otp_expiry).toBeLessThan(10 ** auth.email.otp_length / 1000);
});

test("access tokens live an hour at most, and refresh tokens are used once", () => {
  expect(auth.enable_refresh_token_rotation).toBe(true);
  expect(auth.jwt_expiry).toBeLessThanOrEqual(3600);
});

const LINKS = {
  confirmation: "email",
  magic_link: "email",
  recovery: "recovery",
  email_change: "email_change",
  invite: "invite",
  reauthentication: null,
};

test.each(Object.entries(LINKS))("the e-mail %s has a code, and a link that programs cannot spend", (name, type) => {
  const { subject, content_path } = auth.email.template[name] ?? { subject: "", content_path: "" };
  const html = readFileSync(content_path, "utf8");
  expect(subject).not.toBe("");
  expect(html).toContain("{{ .Token }}");
  expect(html).toContain(productName);
  expect(auth.email.otp_expiry).toBe(600);
  expect(html).toContain("ten minutes");
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
  const link = `{{ .SiteURL }}/auth/confirm?token_hash={{ .TokenHash }}&amp;type=${type}`;
  expect(links).toEqual(type === null ? [] : [link]);
  // Mail clients show neither scripts nor style sheets, and block images of other servers.
  expect(html).not.toMatch(/<(script|style|link|img)\b/);
});

import { expect, test } from "vitest";
import type { AuthRequest } from "../../../../../sandbox/supabase/auth/http/auth-request";
import { requireCaptcha } from "../../../../../sandbox/supabase/auth/http/captcha";
import { requirePause } from "../../../../../sandbox/supabase/auth/users/one-time-tokens";

type Part = { token?: string; path?: string; role?: AuthRequest["keyRole"] };
const check =
  ({ token, path = "/signup", role = "anon" }: Part) =>
  () =>
    requireCaptcha({
      body: { gotrue_meta_security: { captcha_token: token } },
      settings: { captchaToken: "solved" },
      keyRole: role,
      url: new URL(path, "http://127.0.0.1"),
    } as AuthRequest);

test("with a CAPTCHA, a sign-up and a sign-in need a solved one", () => {
  const message = "captcha protection: request disallowed (no captcha_token found)";
  expect(check({})).toThrow(expect.objectContaining({ status: 400, code: "captcha_failed", message }));
  expect(check({ token: "wrong" })).toThrow("invalid-input-response");
  expect(check({ path: "/token?grant_type=password" })).toThrow(message);
  expect(check({ token: "solved" })).not.toThrow();
});

test("a renewal, the exchange of a code, and requests with the secret key need none", () => {
  expect(check({ path: "/token?grant_type=refresh_token" })).not.toThrow();
  expect(check({ path: "/token?grant_type=pkce" })).not.toThrow();
  expect(check({ role: "service_role" })).not.toThrow();
});

test("two e-mails of one kind have a pause between them", () => {
  const seconds = (ago: number) => new Date(Date.now() - ago * 1000).toISOString();
  const error = { status: 429, code: "over_email_send_rate_limit" };
  expect(() => requirePause(seconds(20.5), 60_000)).toThrow(expect.objectContaining(error));
  expect(() => requirePause(seconds(20.5), 60_000)).toThrow("you can only request this after 39 seconds.");
  expect(() => requirePause(seconds(61), 60_000)).not.toThrow();
  expect(() => requirePause(null, 60_000)).not.toThrow();
});

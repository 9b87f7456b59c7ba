import { expect, test } from "vitest";
import { readEnv } from "@/lib/env-schema";

const read = (settings: Record<string, string>) =>
  readEnv({
    NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1",
    SUPABASE_SECRET_KEY: "sb_secret_1",
    REPLICATE_API_TOKEN: "r8_token",
    ...settings,
  });

test("without settings everyone may sign up, with an e-mail address only, and without a check for robots", () => {
  expect(read({})).toMatchObject({ SIGN_UP: "open", AUTH_PROVIDERS: [], captcha: null });
});

test("providers have the names that users know", () => {
  const names = read({ AUTH_PROVIDERS: "Google, github azure,custom:my-company" }).AUTH_PROVIDERS;
  expect(names).toEqual([
    { name: "google", label: "Google" },
    { name: "github", label: "GitHub" },
    { name: "azure", label: "Microsoft", scopes: "email" },
    { name: "custom:my-company", label: "my-company" },
  ]);
});

test("a site key turns the check for robots on, of Turnstile unless another is named", () => {
  expect(read({ CAPTCHA_SITE_KEY: "key" }).captcha).toEqual({ provider: "turnstile", siteKey: "key" });
  expect(read({ CAPTCHA_SITE_KEY: "key", CAPTCHA_PROVIDER: "hcaptcha" }).captcha?.provider).toBe("hcaptcha");
  expect(read({ CAPTCHA_PROVIDER: "hcaptcha" }).captcha).toBeNull();
});

test.each([
  [
    "AUTH_PROVIDERS",
    "google,gogle",
    "must contain only names of Supabase's sign-in providers, such as google and github",
  ],
  ["SIGN_UP", "yes", "must be open, invite or closed"],
  ["CAPTCHA_PROVIDER", "recaptcha", "must be turnstile or hcaptcha"],
])("the app does not start with %s=%s", (name, value, problem) => {
  expect(() => read({ [name]: value })).toThrow(`${name} ${problem}`);
});

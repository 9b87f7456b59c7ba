import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The settings in one section of config.toml. */
function section(name: string): Record<string, string> {
  const [, text = ""] = readFileSync("supabase/config.toml", "utf8").split(`[${name}]\n`);
  const lines = text.split("\n[")[0]?.matchAll(/^(\w+) = (.*)$/gm) ?? [];
  return Object.fromEntries([...lines].map(([, key, value]) => [key, value]));
}

test("an account needs a confirmed e-mail address", () => {
  expect(section("auth.email").enable_confirmations).toBe("true");
  expect(section("auth").enable_anonymous_sign_ins).toBe("false");
});

test("access tokens live an hour at most, and refresh tokens are used once", () => {
  expect(section("auth").enable_refresh_token_rotation).toBe("true");
  expect(Number(section("auth").jwt_expiry)).toBeLessThanOrEqual(3600);
});

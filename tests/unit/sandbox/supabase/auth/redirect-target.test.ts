import { expect, test } from "vitest";
import { isAllowed } from "../../../../../sandbox/supabase/auth/http/redirect-target";

const site = "https://studio.example";
const patterns = ["https://*.preview.example/**", "https://other.example/back?"];

test.each([
  ["https://studio.example/auth/callback?next=%2F", true],
  ["http://studio.example/", false],
  ["https://studio.example:8443/", false],
  ["https://studio.example.evil.example/", false],
  ["http://127.0.0.1:4000/", true],
  ["http://[::1]/", true],
  ["http://192.168.0.1/", false],
  ["https://one.preview.example/a/b#part", true],
  ["https://one.two.preview.example/", false],
  ["https://other.example/back1", true],
  ["https://other.example/back12", false],
  ["javascript:alert(1)", false],
  ["no url", false],
])("a redirect to %s is allowed: %s", (target, allowed) => {
  expect(isAllowed(target, site, patterns)).toBe(allowed);
});

test("an app on this machine may have another port", () => {
  expect(isAllowed("http://localhost:4000/", "http://localhost:3000", [])).toBe(true);
});

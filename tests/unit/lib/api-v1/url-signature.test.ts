import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { stubSettings } from "../stub-settings";

const NOW = Date.parse("2026-11-21T14:32:07Z");
const DAY = 86_400_000;
const [OLD, NEW] = ["o".repeat(32), "n".repeat(32)];
const PATH = "/api/v1/outputs/1/0/out-0.png";

/** Loads the functions for an installation with these signing keys. */
async function signing(keys = "") {
  vi.resetModules();
  stubSettings({ URL_SIGNING_KEY: keys });
  return import("@/lib/api-v1/url-signature");
}
const signed = async (keys = "") => new URL((await signing(keys)).signUrl("output", "https://app.test", PATH, NOW));

beforeEach(() => vi.unstubAllEnvs());
afterEach(() => vi.unstubAllEnvs());

test("a signed URL is valid for a day, and the same for an hour", async () => {
  const { signUrl, isSignedUrl } = await signing();
  const url = await signed();
  expect(url.href).toBe(signUrl("output", "https://app.test", PATH, NOW + 1_000));
  expect(isSignedUrl("output", url, NOW + DAY)).toBe(true);
  expect(isSignedUrl("output", url, NOW + DAY + 3_600_000)).toBe(false);
});

test("a signature is valid only for its purpose, its path and its end", async () => {
  const { isSignedUrl } = await signing();
  const url = await signed();
  expect(isSignedUrl("stream", url, NOW)).toBe(false);
  expect(isSignedUrl("output", new URL(url.href.replace("/0/", "/1/")), NOW)).toBe(false);
  expect(isSignedUrl("output", new URL(url.href.replace("expires=1", "expires=2")), NOW)).toBe(false);
  expect(isSignedUrl("output", new URL(url.href.replace(/&.*/, "")), NOW)).toBe(false);
  expect(isSignedUrl("output", new URL(`https://app.test${PATH}`), NOW)).toBe(false);
});

test("the first key signs, and all keys are accepted", async () => {
  const before = await signed(OLD);
  expect((await signing(`${NEW} ${OLD}`)).isSignedUrl("output", before, NOW)).toBe(true);
  expect((await signed(`${NEW},${OLD}`)).href).toBe((await signed(NEW)).href);
  expect((await signing(NEW)).isSignedUrl("output", before, NOW)).toBe(false);
});

test("without a key, one is derived from the secret key of Supabase", async () => {
  const derived = await signed();
  expect((await signing()).isSignedUrl("output", derived, NOW)).toBe(true);
  vi.resetModules();
  stubSettings({ SUPABASE_SECRET_KEY: "another" });
  expect((await import("@/lib/api-v1/url-signature")).isSignedUrl("output", derived, NOW)).toBe(false);
});

test("a short key is refused", async () => {
  const { signUrl } = await signing("short");
  expect(() => signUrl("output", "https://app.test", PATH, NOW)).toThrow("URL_SIGNING_KEY must have at least 32");
});

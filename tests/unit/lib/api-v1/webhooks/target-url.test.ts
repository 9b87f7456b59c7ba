import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { stubSettings } from "../../stub-settings";

beforeEach(() =>
  stubSettings({
    APP_URL: "https://darkroom.example",
    NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
    REPLICATE_WEBHOOK_SIGNING_SECRET: "whsec_c2FuZGJveA==",
  }),
);

const messageFor = async (url: string) => {
  // The app reads its settings only once, so the modules are loaded again.
  vi.resetModules();
  const { parseTarget } = await import("@/lib/api-v1/webhooks/target-url");
  try {
    return parseTarget(url).href;
  } catch (error) {
    return error instanceof AppError ? error.message : String(error);
  }
};

test.each([
  ["https://example.com/hook?id=1", "https://example.com/hook?id=1"],
  ["HTTPS://Example.com:443", "https://example.com/"],
  ["https://[2606:4700::1111]/hook", "https://[2606:4700::1111]/hook"],
])("%s is allowed, as %s", async (given, href) => {
  expect(await messageFor(given)).toBe(href);
});

const OWN = "The webhook must not lead to a private network or to this installation.";
test.each([
  ["no URL", "The webhook must be a URL."],
  ["http://example.com/", "The webhook must be an https URL."],
  ["ftp://example.com/", "The webhook must be an https URL."],
  ["javascript:alert(1)", "The webhook must be an https URL."],
  ["https://example.com:8443/", "The webhook must not contain a port."],
  ["https://example.com:80/", "The webhook must not contain a port."],
  ["https://name@example.com/", "The webhook must not contain a user name or a password."],
  ["https://example.com%40@127.0.0.1/", "The webhook must not contain a user name or a password."],
  [`https://example.com/${"a".repeat(2000)}`, "The webhook must have at most 2000 characters."],
  ["https://darkroom.example/api/replicate/webhook", OWN],
  ["https://DARKROOM.example./", OWN],
  ["https://project.supabase.co/rest/v1/", OWN],
  ["https://api.replicate.com/v1/predictions", OWN],
  ["https://example.com./", OWN],
  ["https://localhost/", OWN],
  ["https://a.localhost/", OWN],
  ["https://metadata.google.internal/", OWN],
  ["https://kong/", OWN],
  // Several ways to write 127.0.0.1 and 169.254.169.254 in a URL
  ["https://2130706433/", OWN],
  ["https://0x7f000001/", OWN],
  ["https://0x7f.1/", OWN],
  ["https://017700000001/", OWN],
  ["https://0177.0.0.1/", OWN],
  ["https://127.1/", OWN],
  ["https://127.0.0.1./", OWN],
  ["https://①②⑦.0.0.1/", OWN],
  ["https://%31%32%37.0.0.1/", OWN],
  ["https://2852039166/", OWN],
  ["https://0251.0376.0251.0376/", OWN],
  ["https://[::ffff:169.254.169.254]/", OWN],
  ["https://[::ffff:7f00:1]/", OWN],
  ["https://[::127.0.0.1]/", OWN],
  ["https://[64:ff9b::7f00:1]/", OWN],
])("%s is refused", async (given, message) => {
  expect(await messageFor(given)).toBe(message);
});

test("nothing is allowed without APP_URL, because the body contains URLs of the app", async () => {
  stubSettings({ APP_URL: "" });
  expect(await messageFor("https://example.com/")).toContain("has no APP_URL");
});

test("a test's receiver on this machine is allowed, and no other port", async () => {
  stubSettings({ APP_URL: "http://localhost:3000", LOCAL_WEBHOOK_ORIGINS: "http://127.0.0.1:4999" });
  expect(await messageFor("http://127.0.0.1:4999/hook")).toBe("http://127.0.0.1:4999/hook");
  expect(await messageFor("http://127.0.0.1:4998/hook")).toBe("The webhook must be an https URL.");
  expect(await messageFor("https://127.0.0.1/hook")).toBe(OWN);
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tidyCookies } from "@/lib/supabase/client-options";
import { createAuthClient, createHeldAuthClient } from "@/lib/supabase/user-client";
import { createSession, toCookie } from "../sessions";
import { stubSettings } from "../stub-settings";

const browser = vi.hoisted(() => ({
  headers: new Headers(),
  cookies: new Map<string, { value: string; maxAge?: number }>(),
}));
vi.mock("next/headers", () => ({
  headers: async () => browser.headers,
  cookies: async () => ({
    getAll: () => Array.from(browser.cookies, ([name, { value }]) => ({ name, value })),
    set: (name: string, value: string, options: { maxAge?: number }) =>
      browser.cookies.set(name, { value, ...options }),
  }),
}));

const ask = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
beforeEach(() => {
  stubSettings();
  vi.stubGlobal("fetch", ask);
  ask.mockImplementation(async () => Response.json({}));
  browser.headers = new Headers({
    "user-agent": "Mozilla/5.0 Fox",
    "accept-language": "de",
    "x-forwarded-for": "203.0.113.7",
  });
  browser.cookies.clear();
});
afterEach(() => vi.unstubAllGlobals());

const credentials = { email: "fox@darkroom.test", password: "a quiet red light" };

test("a sign-in tells Supabase the browser's User-Agent and nothing else of its headers, and has a time limit", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout");
  await (await createAuthClient()).signInWithPassword(credentials);
  const [, init] = ask.mock.calls[0] ?? [];
  const sent = new Headers(init?.headers);
  expect(sent.get("user-agent")).toBe("Mozilla/5.0 Fox");
  expect([sent.get("accept-language"), sent.get("x-forwarded-for")]).toEqual([null, null]);
  expect(timeout.mock.calls).toEqual([[5_000]]);
});

test("a held session reaches the browser only when it is saved", async () => {
  const old = toCookie(createSession());
  browser.cookies.set(old.name, { value: old.value });
  ask.mockImplementation(async () => Response.json(createSession()));
  const { auth, save } = await createHeldAuthClient();
  await auth.signInWithPassword(credentials);
  expect(browser.cookies.get(old.name)?.value).toBe(old.value);
  save();
  expect(browser.cookies.get(old.name)?.value).not.toBe(old.value);
});

test("the secret of an e-mail or of another service is kept for an hour, and no secrets of earlier attempts", async () => {
  const auth = await createAuthClient();
  for (let n = 0; n < 3; n++) await auth.signInWithOtp({ email: credentials.email });
  expect(Array.from(browser.cookies, ([name, { maxAge }]) => [name, maxAge])).toEqual([
    ["sb-127-auth-token-code-verifier", 3600],
  ]);
});

test("the session itself is kept as long as Supabase's client asks", () => {
  const cookie = { name: "sb-127-auth-token.0", value: "x", options: { maxAge: 34_560_000 } };
  expect(tidyCookies([cookie])).toEqual([cookie]);
});

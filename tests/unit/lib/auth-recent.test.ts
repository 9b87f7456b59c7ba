import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { requireRecentPageUser, requireRecentUser } from "@/lib/auth";
import { createSession, createToken, toCookie, USER } from "./sessions";
import { stubSettings } from "./stub-settings";

vi.mock("next/headers", () => ({
  cookies: async () => ({ getAll: () => [toCookie(createSession())], set: () => {} }),
  headers: async () => new Headers(),
}));
const NOW = Date.parse("2026-11-21T14:32:07.500Z");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: NOW });
  stubSettings();
  vi.stubGlobal("fetch", async () => Response.json(USER));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const ask = (token: string) =>
  requireRecentUser(new Request("http://localhost/api/x", { headers: { authorization: `Bearer ${token}` } }));

test("a sign-in is recent for ten minutes", async () => {
  const timestamps = [NOW / 1000 - 5_000, Math.floor(NOW / 1000) - 595];
  const amr = timestamps.map((timestamp) => ({ method: "password", timestamp }));
  const token = createToken({ aal: "aal2", amr });
  expect(await ask(token)).toMatchObject({ id: USER.id, hasSecondFactor: true });
  vi.setSystemTime(NOW + 5_000);
  await expect(ask(token)).rejects.toMatchObject({ code: "sign_in_again", status: 403 });
});

test.each(["totp", "mfa/phone", "mfa/webauthn"])(
  "a new second step (%s) does not make an old sign-in recent",
  async (method) => {
    const old = { method: "password", timestamp: NOW / 1000 - 30 * 86_400 };
    const token = createToken({ aal: "aal2", amr: [{ method, timestamp: Math.floor(NOW / 1000) - 5 }, old] });
    await expect(ask(token)).rejects.toMatchObject({ code: "sign_in_again", status: 403 });
    const recent = { method: "otp", timestamp: Math.floor(NOW / 1000) - 60 };
    const again = createToken({ aal: "aal2", amr: [{ method, timestamp: NOW / 1000 }, recent] });
    expect(await ask(again)).toMatchObject({ hasSecondFactor: true, signedInAt: recent.timestamp * 1000 });
  },
);

test("a token that does not say when the user signed in is not recent", async () => {
  await expect(ask(createToken())).rejects.toMatchObject({ code: "sign_in_again" });
});

test("a page leads to a page that asks the user to sign in again", async () => {
  await expect(requireRecentPageUser("/dashboard/account?part=1")).rejects.toMatchObject({
    digest: expect.stringContaining("/login/again?next=%2Fdashboard%2Faccount%3Fpart%3D1"),
  });
});

import { beforeEach, expect, test, vi } from "vitest";
import { findMailRequest, hasMailRequests, rememberMailRequest } from "@/lib/sign-in/mail-request-cookie";
import { stubSettings } from "../stub-settings";

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => void jar.set(name, value),
  }),
  headers: async () => new Headers(),
}));

beforeEach(() => {
  stubSettings();
  jar.clear();
});

const email = "fox@darkroom.test";

test.each([
  { isSignUp: false, signedUpAt: null },
  { isSignUp: true, signedUpAt: null },
  { isSignUp: true, signedUpAt: 1_796_040_000_000 },
])("the cookie keeps what this browser asked for: %o", async (request) => {
  expect(await hasMailRequests()).toBe(false);
  await rememberMailRequest(email, request);
  expect(await findMailRequest("Fox@darkroom.test")).toMatchObject(request);
  expect(await findMailRequest("owl@darkroom.test")).toBeNull();
  expect(await hasMailRequests()).toBe(true);
  expect([...jar.values()].join()).not.toContain("fox");
});

test("a later request for the same address does not forget the sign-up, and does not move its time", async () => {
  await rememberMailRequest(email, { isSignUp: true, signedUpAt: null });
  await rememberMailRequest(email, { isSignUp: true, signedUpAt: 1_000 });
  await rememberMailRequest(email, { isSignUp: true, signedUpAt: 2_000 });
  await rememberMailRequest(email, { isSignUp: false, signedUpAt: null });
  expect(await findMailRequest(email)).toMatchObject({ isSignUp: true, signedUpAt: 1_000 });
});

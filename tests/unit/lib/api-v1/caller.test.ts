import { beforeEach, expect, test, vi } from "vitest";
import { requireCaller } from "@/lib/api-v1/caller";
import { generateKey } from "@/lib/keys/format";
import { createToken, USER } from "../sessions";

const { findApiKey, getTokenUser, countRefusedKey } = vi.hoisted(() => ({
  findApiKey: vi.fn<(key: string) => Promise<object | null>>(),
  getTokenUser: vi.fn<(token: string) => Promise<object | null>>(),
  countRefusedKey: vi.fn<(headers: Headers) => Promise<void>>(),
}));
vi.mock("@/lib/keys/find", () => ({ findApiKey }));
vi.mock("@/lib/auth", () => ({ getTokenUser }));
vi.mock("@/lib/limits/sign-in-limits", () => ({ countRefusedKey }));

const key = generateKey();
const user = { id: USER.id, email: USER.email, name: USER.name };
const found = (...scopes: string[]) => ({ id: "a key", scopes, expiresAt: Infinity, user });
const request = (authorization?: string, url = "http://localhost/api/v1/account") =>
  new Request(url, { headers: { cookie: "sb-127-auth-token=x", ...(authorization && { authorization }) } });

beforeEach(() => {
  findApiKey.mockReset().mockResolvedValue(null);
  getTokenUser.mockReset().mockResolvedValue(null);
  countRefusedKey.mockReset().mockResolvedValue();
});

test.each(["Bearer", "Token", "bearer", "TOKEN"])("a key is accepted as %s", async (scheme) => {
  findApiKey.mockResolvedValue(found("read"));
  const caller = await requireCaller(request(`${scheme} ${key}`), "read");
  expect(caller).toEqual({ ...USER, key: { id: "a key", scopes: ["read"] } });
  expect(findApiKey).toHaveBeenCalledWith(key);
  expect(countRefusedKey).not.toHaveBeenCalled();
});

test("a key is never as good as a recent sign-in", async () => {
  findApiKey.mockResolvedValue(found("read"));
  const { signedInAt, sessionId } = await requireCaller(request(`Bearer ${key}`), "read");
  expect([signedInAt, sessionId]).toEqual([0, null]);
});

test.each(["Bearer", "Token"])("an access token is accepted as %s, and has all scopes", async (scheme) => {
  getTokenUser.mockResolvedValue(USER);
  const token = createToken();
  for (const scope of ["predict", "read", "manage"] as const) {
    expect(await requireCaller(request(`${scheme} ${token}`), scope)).toEqual({ ...USER, key: null });
  }
  expect(findApiKey).not.toHaveBeenCalled();
});

test.each([undefined, "Bearer", "Basic abc", key, `Bearer ${key} ${key}`])(
  "the header %j has no token",
  async (authorization) => {
    const message = "You did not pass an authentication token";
    await expect(requireCaller(request(authorization), "read")).rejects.toMatchObject({ status: 401, message });
  },
);

test("a key in the URL is ignored", async () => {
  findApiKey.mockResolvedValue(found("read"));
  const url = `http://localhost/api/v1/account?key=${key}&token=${key}&access_token=${key}`;
  await expect(requireCaller(request(undefined, url), "read")).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a key without the scope is refused with a sentence that names it", async () => {
  findApiKey.mockResolvedValue(found("read", "manage"));
  await expect(requireCaller(request(`Bearer ${key}`), "predict")).rejects.toMatchObject({
    status: 403,
    code: "missing_scope",
    message: 'This API key does not have the scope "predict". Make a key with this scope.',
  });
});

test("a key that does not work is refused in Replicate's words, and counted", async () => {
  const message = "You did not pass a valid authentication token";
  await expect(requireCaller(request(`Bearer ${key}`), "read")).rejects.toMatchObject({ status: 401, message });
  expect(countRefusedKey).toHaveBeenCalledTimes(1);
});

test("a key with a typo is refused in the same words, and not counted", async () => {
  const message = "You did not pass a valid authentication token";
  await expect(requireCaller(request(`Bearer ${key}x`), "read")).rejects.toMatchObject({ status: 401, message });
  expect(countRefusedKey).not.toHaveBeenCalled();
});

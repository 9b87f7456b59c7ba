import { AuthRetryableFetchError } from "@supabase/supabase-js";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { getUser, requirePageUser, requireUser } from "@/lib/auth";

const { getClaims, getSession } = vi.hoisted(() => ({
  getClaims: vi.fn<(token?: string) => Promise<{ data: unknown; error: unknown }>>(),
  getSession: vi.fn<() => Promise<{ data: { session: { access_token: string } | null }; error: unknown }>>(),
}));
vi.mock("@/lib/supabase/user-client", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  createUserClient: () => Promise.resolve({ auth: { getClaims, getSession } }),
}));

const NOW = Date.parse("2026-11-21T14:32:07.500Z");
const CLAIMS = {
  sub: "0195f2a8-0000-7000-8000-000000000001",
  email: "fox@darkroom.test",
  role: "authenticated",
  exp: NOW / 1000 + 3600,
};
const USER = { id: CLAIMS.sub, email: CLAIMS.email };
let tokens = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  const access_token = `session ${(tokens += 1)}`;
  getSession.mockReset().mockResolvedValue({ data: { session: { access_token } }, error: null });
  getClaims.mockReset().mockResolvedValue({ data: { claims: CLAIMS }, error: null });
});
afterEach(() => void vi.useRealTimers());

const ask = (method: string, headers: Record<string, string> = {}) =>
  requireUser(new Request("http://localhost/api/replicate", { method, headers }));

describe("the user", () => {
  test("is the session's, or the one of the request's token", async () => {
    expect(await getUser()).toEqual(USER);
    expect(getClaims).toHaveBeenLastCalledWith(`session ${tokens}`);
    expect(await ask("GET", { authorization: "Bearer abc.def" })).toEqual(USER);
    expect(getClaims).toHaveBeenLastCalledWith("abc.def");
  });

  test("must be the one that X-User names", async () => {
    expect(await ask("POST", { "sec-fetch-site": "same-origin", "x-user": USER.id })).toEqual(USER);
    await expect(ask("POST", { "sec-fetch-site": "same-origin", "x-user": "another-user" })).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("is not verified again for half a minute, but never accepted after the token expires", async () => {
    await getUser();
    vi.setSystemTime(NOW + 29_000);
    expect(await getUser()).toEqual(USER);
    expect(getClaims).toHaveBeenCalledTimes(1);
    getClaims.mockResolvedValue({ data: { claims: { ...CLAIMS, exp: NOW / 1000 + 40 } }, error: null });
    vi.setSystemTime(NOW + 31_000);
    await getUser();
    expect(getClaims).toHaveBeenCalledTimes(2);
    getClaims.mockResolvedValue({ data: null, error: new Error("expired") });
    vi.setSystemTime(NOW + 41_000);
    expect(await getUser()).toBeNull();
  });

  test("is null without a session", async () => {
    getSession.mockResolvedValue({ data: { session: null }, error: null });
    expect(await getUser()).toBeNull();
    expect(getClaims).not.toHaveBeenCalled();
  });

  test("is an error while a session cannot be refreshed", async () => {
    getSession.mockResolvedValue({ data: { session: null }, error: new AuthRetryableFetchError("fetch failed", 0) });
    await expect(getUser()).rejects.toMatchObject({ code: "db_unavailable" });
  });

  test("may have no e-mail address", async () => {
    getClaims.mockResolvedValue({ data: { claims: { ...CLAIMS, email: undefined } }, error: null });
    expect(await getUser()).toEqual({ id: CLAIMS.sub, email: "" });
  });

  test.each([
    ["an unknown token", { data: null, error: null }],
    ["a token that is not valid", { data: null, error: new Error("invalid JWT") }],
    ["the publishable key", { data: { claims: { ...CLAIMS, role: "anon" } }, error: null }],
    ["the secret key", { data: { claims: { ...CLAIMS, role: "service_role" } }, error: null }],
  ])("is null with %s", async (_, answer) => {
    getClaims.mockResolvedValue(answer);
    expect(await getUser()).toBeNull();
    await expect(ask("GET")).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
  });

  test("is an error while Supabase does not answer: that is not a sign-out", async () => {
    getClaims.mockResolvedValue({ data: null, error: new AuthRetryableFetchError("fetch failed", 0) });
    await expect(ask("GET")).rejects.toMatchObject({ code: "db_unavailable", status: 503 });
  });

  test("is sent to sign in by a page, and back to the page afterwards", async () => {
    expect(await requirePageUser("/dashboard")).toEqual(USER);
    getSession.mockResolvedValue({ data: { session: null }, error: null });
    await expect(requirePageUser("/dashboard?a=1&b=2")).rejects.toMatchObject({
      digest: expect.stringContaining(";/login?next=%2Fdashboard%3Fa%3D1%26b%3D2;"),
    });
  });
});

describe("a request that changes something with a cookie", () => {
  const host = "darkroom.example";
  const origin = `https://${host}`;

  test.each<[string, Record<string, string>]>([
    ["with our origin", { host, origin }],
    ["with our origin and Sec-Fetch-Site", { host, origin, "sec-fetch-site": "same-origin" }],
    ["with Sec-Fetch-Site alone", { host, "sec-fetch-site": "same-origin" }],
    ["behind a proxy", { host: "10.0.0.7:3000", "x-forwarded-host": host, origin }],
    ["on a port", { host: "localhost:3000", origin: "http://localhost:3000" }],
  ])("comes from our own pages %s", async (_, headers) => {
    expect(await ask("POST", headers)).toEqual(USER);
  });

  test.each<[string, Record<string, string>]>([
    ["without a header that names its sender", { host }],
    ["with a foreign origin", { host, origin: "https://evil.example" }],
    ["with an origin that ends like ours", { host, origin: `https://evil-${host}` }],
    ["with an origin that begins like ours", { host, origin: `${origin}.evil.example` }],
    ["with our name and another port", { host, origin: `${origin}:8443` }],
    ["with the origin null", { host, origin: "null" }],
    ["with an empty origin, from another site", { host, origin: "", "sec-fetch-site": "cross-site" }],
    ["from another site", { host, "sec-fetch-site": "cross-site" }],
    ["from a neighbour on our domain", { host, origin, "sec-fetch-site": "same-site" }],
    ["from the address bar", { host, "sec-fetch-site": "none" }],
    [
      "with a foreign origin, although Sec-Fetch-Site says same-origin",
      { host, origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    ],
  ])("is refused %s", async (_, headers) => {
    const refused = { code: "forbidden_origin", status: 403 };
    for (const method of ["POST", "DELETE", "PUT", "PATCH"]) {
      await expect(ask(method, headers)).rejects.toMatchObject(refused);
    }
    expect(getClaims).not.toHaveBeenCalled();
  });

  test("may come from anywhere with a token", async () => {
    const headers = { host, origin: "https://evil.example", authorization: "bearer abc.def" };
    expect(await ask("POST", headers)).toEqual(USER);
  });

  test.each(["Basic abc", "Bearer", "Bearer ", "Bearer a b", "abc.def"])(
    "is also one with Authorization: %s",
    async (authorization) => {
      await expect(ask("POST", { host, authorization })).rejects.toMatchObject({ code: "forbidden_origin" });
    },
  );
});

test("a request that only reads may come from anywhere", async () => {
  expect(await ask("GET", { "sec-fetch-site": "cross-site" })).toEqual(USER);
  expect(await ask("HEAD", { origin: "https://evil.example" })).toEqual(USER);
});

import { beforeEach, describe, expect, test, vi } from "vitest";
import { requireUser } from "@/lib/auth";
import { processState } from "@/lib/process-globals";
import { createToken, USER } from "./sessions";

const { readToken } = vi.hoisted(() => ({ readToken: vi.fn<() => Promise<string>>() }));
vi.mock("@/lib/supabase/user-client", async (importOriginal) => ({ ...(await importOriginal<object>()), readToken }));

beforeEach(() => {
  const token = createToken();
  readToken.mockReset().mockResolvedValue(token);
  void processState.users(token, async () => ({ ...USER, expiresAt: Infinity }));
});

const ask = (method: string, headers: Record<string, string> = {}) =>
  requireUser(new Request("http://localhost/api/replicate", { method, headers }));

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
    expect(readToken).not.toHaveBeenCalled();
  });

  test("may come from anywhere with a token", async () => {
    const headers = { host, origin: "https://evil.example", authorization: `bearer ${createToken()}` };
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

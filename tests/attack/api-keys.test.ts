import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateKey, hashKey } from "@/lib/keys/format";
import { startAnotherApp } from "../support/another-app";
import { createAdmin } from "../support/admins";
import { askWithKey, makeKey } from "../support/keys";
import { fillGallery } from "../support/seed";
import { sql } from "../support/sql";
import { createUser } from "../support/users";
import { attack } from "./support/attack-table";
import { listEndpoints, withHeaders } from "./support/endpoints";
import { findNewestImage, seedUpload } from "./support/seed";
import { stack } from "./support/send-request";

const owner = await createUser(stack);
await fillGallery(stack, owner, 1);
const image = await findNewestImage(owner);
const upload = await seedUpload(owner);
const scopes = ["predict", "read", "manage"];
const { key, start, id } = await makeKey(stack, owner, { scopes });
const { key: adminKey } = await makeKey(stack, await createAdmin(stack), { scopes });

const endpoints = listEndpoints({ prediction: randomUUID(), image });
const files = [`/api/media/${image}`, `/api/media/${image}?size=thumb`, `/api/uploads/${upload}`];
const schemes = ["Bearer", "bearer", "Token"];
const withKey = (request: (typeof endpoints)[number], given = key) =>
  schemes.map((scheme) => withHeaders(request, { authorization: `${scheme} ${given}`, origin: stack.appUrl }));
const account = (headers: Record<string, string>, query = "") => ({ path: `/api/v1/account${query}`, headers });
const bearer = (token: string) => account({ authorization: `Bearer ${token}` });

attack({
  "a key at an endpoint outside of /api/v1": [
    [...endpoints, ...files.map((path) => ({ path }))].flatMap((request) => withKey(request)),
    { status: 401, type: "unauthenticated" },
  ],
  "a key together with the session of its user": [
    endpoints.flatMap((request) => withKey({ ...request, in: owner })),
    { status: 401, type: "unauthenticated" },
  ],
  "an administrator's key at the pages of administrators": [
    ["/dashboard/admin", "/dashboard/admin/installation", "/dashboard/account"].flatMap((path) =>
      withKey({ path }, adminKey),
    ),
    { status: 307, headers: { location: /^\/login\?next=/ } },
  ],
  "a key in a URL, a cookie or another header": [
    [
      ...["key", "api_key", "apikey", "token", "access_token", "authorization"].map((name) =>
        account({}, `?${name}=${key}`),
      ),
      account({ cookie: `sb-127-auth-token=${key}` }),
      ...["x-api-key", "apikey", "x-authorization", "proxy-authorization"].map((name) => account({ [name]: key })),
      account({ authorization: `Basic ${btoa(`${key}:`)}` }),
      account({ authorization: key }),
    ],
    { status: 401 },
  ],
  "what is known of a key, in place of the key": [
    [hashKey(key), start, `${start}…`, id, key.slice(0, -1), `${key}x`, key.toLowerCase(), key.replace("dr_", "")].map(
      (token) => bearer(encodeURIComponent(token)),
    ),
    { status: 401 },
  ],
  "a token that is no key": [
    ["dr_", "dr_'or'1'='1", `dr_${"A".repeat(49)}`, `dr_${"A".repeat(5000)}`, "dr_%00", generateKey()].map(bearer),
    { status: 401 },
  ],
});

let app: Awaited<ReturnType<typeof startAnotherApp>>;
beforeAll(async () => {
  app = await startAnotherApp(stack, { TRUSTED_PROXIES: "1", LOGINS_PER_MINUTE_PER_ADDRESS: "5" });
});
afterAll(() => app?.stop());

/** Sends a request with a token. To the app, it seems to come from this IP address through a proxy. */
const askFrom = async (address: string, token: string) =>
  (await askWithKey(app, token, "/api/v1/account", { headers: { "x-forwarded-for": address } })).status;

test("somebody who guesses keys is stopped, and keys that work go on, also from the same address", async () => {
  await sql(stack, "delete from rate_limits");
  const guesses = await Promise.all(Array.from({ length: 200 }, () => askFrom("198.51.100.1", generateKey())));
  expect(guesses.filter((status) => status === 401).length).toBeLessThanOrEqual(7);
  expect(new Set(guesses)).toEqual(new Set([401, 429]));
  expect(await askFrom("198.51.100.1", key)).toBe(200);
  expect(await askFrom("203.0.113.7", generateKey())).toBe(401);
  expect(await sql(stack, "select name from rate_limits where name like 'login %'")).toEqual([]);
});

test("keys with typos are refused without being counted", async () => {
  await sql(stack, "delete from rate_limits");
  const typos = await Promise.all(Array.from({ length: 50 }, () => askFrom("198.51.100.2", `${generateKey()}x`)));
  expect(new Set(typos)).toEqual(new Set([401]));
  expect(await sql(stack, "select name from rate_limits")).toEqual([]);
});

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Scope } from "@/lib/keys/schema";
import { makeKey } from "../support/keys";
import { createUser } from "../support/users";
import { attack } from "./support/attack-table";
import { withHeaders } from "./support/endpoints";
import { isOwned, listApiV1Requests, listRoutes, listRoutesOfApp, type ApiV1Request } from "./support/api-v1-routes";
import { seedRunning, seedUpload } from "./support/seed";
import { sendRequest, stack } from "./support/send-request";

const owner = await createUser(stack);
const stranger = await createUser(stack);
const prediction = (await seedRunning(owner, "5kq8m2v7n9rma0cattack00002")).id;
const file = await seedUpload(owner);
const scopes = Scope.options;
const ownKey = (await makeKey(stack, owner, { scopes })).key;
const otherKey = (await makeKey(stack, stranger, { scopes })).key;
const keys = await Promise.all(scopes.map(async (scope) => (await makeKey(stack, owner, { scopes: [scope] })).key));

const requests = listApiV1Requests({ prediction, file });
const withKey = (key: string) => (request: ApiV1Request) =>
  withHeaders(request, { authorization: `Bearer ${key}`, origin: "https://elsewhere.example" });
const keyed = requests.filter(({ needs }) => needs !== "signed");
const signed = requests.filter(({ needs }) => needs === "signed");
const owned = requests.filter(isOwned);
const tells = [prediction, file, "secret garden"];
const notFound = { status: 404, without: tells };
const unauthenticated = { status: 401, without: tells };
/** The CORS headers of the API: every website may send requests, but not with cookies. */
const cors = { "access-control-allow-origin": "*", "access-control-allow-credentials": /^$/ };

test("every route of /api/v1 is in the table", () => {
  expect(listRoutes()).toEqual(listRoutesOfApp());
});

attack({
  "no key": [keyed, { ...unauthenticated, headers: cors }],
  "the cookies of a session, from every page": [
    keyed.flatMap((request) => [
      { ...request, in: owner },
      withHeaders({ ...request, in: owner }, { origin: stack.appUrl, "sec-fetch-site": "same-origin" }),
    ]),
    { ...unauthenticated, headers: cors },
  ],
  "a signed URL without its signature": [
    signed.flatMap((request) => [
      request,
      { ...request, in: owner },
      { ...request, path: `${request.path}?signature=` },
    ]),
    { ...notFound, headers: cors },
  ],
  "another user's id": [owned.map(withKey(otherKey)), { ...notFound, headers: cors }],
  "an id that does not exist": [
    listApiV1Requests({ prediction: randomUUID(), file: randomUUID() }).filter(isOwned).map(withKey(ownKey)),
    notFound,
  ],
  "an id that is none": [
    [
      "1",
      "..%2faccount",
      "a".repeat(2_000),
      "null",
      "'or'1'='1",
      `${prediction}x`,
      prediction.replaceAll("-", ""),
    ].flatMap((id) => listApiV1Requests({ prediction: id, file: id }).filter(isOwned).map(withKey(ownKey))),
    { status: 404 },
  ],
  "another user's things in a list": [
    requests.filter(({ route }) => /^GET \/(files|predictions)$/.test(route)).map(withKey(otherKey)),
    { status: 200, without: tells, headers: cors },
  ],
  "a preflight request": [
    requests.map(({ path }) => ({
      path,
      method: "OPTIONS",
      headers: { origin: "https://elsewhere.example", "access-control-request-headers": "authorization" },
    })),
    { status: 204, headers: { ...cors, "access-control-allow-headers": /\bauthorization\b/ } },
  ],
  "a malformed path": [
    ["predictions/%ff", "files/%e0%a4%a", "models/stability-ai/%c0%ae"].map((path) => ({ path: `/api/v1/${path}` })),
    { status: 404, headers: cors },
  ],
  "a path that does not exist": [
    ["/", "/x", "/predictions/", "/models/a", `/predictions/${prediction}/x`].map((path) =>
      withKey(ownKey)({ path: `/api/v1${path}`, route: "", needs: "read" }),
    ),
    { status: [404, 308] },
  ],
});

test("a key allows only what its scopes allow", async () => {
  // The requests contain ids that do not exist, so that no request changes anything.
  const harmless = listApiV1Requests({ prediction: randomUUID(), file: randomUUID() });
  const all = harmless
    .filter(({ needs }) => needs !== "signed")
    .flatMap((request) => scopes.map((scope, at) => ({ request, scope, key: keys[at] ?? "" })));
  const answers = await Promise.all(
    all.map(async ({ request, scope, key }) => {
      const answer = await sendRequest(withKey(key)(request));
      const isRefused = answer.status === 403 && String(parseScope(answer.text)) === request.needs;
      return { route: request.route, scope, isRefused, status: answer.status };
    }),
  );
  expect(answers.map(({ route, scope, isRefused }) => ({ route, scope, isRefused }))).toEqual(
    all.map(({ request, scope }) => ({ route: request.route, scope, isRefused: scope !== request.needs })),
  );
  expect(answers.filter(({ status }) => status === 401)).toEqual([]);
});

test("the owner's key needs the scope read for a file without a signature", async () => {
  const path = `/api/v1/files/${file}/download`;
  const statuses = await Promise.all(
    keys.map(async (key) => (await fetch(stack.appUrl + path, { headers: { authorization: `Bearer ${key}` } })).status),
  );
  expect(Object.fromEntries(scopes.map((scope, at) => [scope, statuses[at]]))).toEqual({
    predict: 403,
    read: 200,
    manage: 403,
  });
});

/** Returns the scope that is missing according to the error. */
function parseScope(text: string): string | undefined {
  return /does not have the scope "(\w+)"/.exec(String((JSON.parse(text || "{}") as { detail?: unknown }).detail))?.[1];
}

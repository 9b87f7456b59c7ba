import Replicate from "replicate";
import { expect, inject, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { readLedger } from "../../support/api";
import { makeKey } from "../../support/keys";
import { createUser } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const baseUrl = `${stack.appUrl}/api/v1`;
const { key } = await makeKey(stack, user, { scopes: ["read", "manage", "predict"] });
const darkroom = new Replicate({ auth: key, baseUrl });
/** Replicate's official client, connected to the local Replicate with the token of the installation. */
const replicate = new Replicate({ auth: stack.env.REPLICATE_API_TOKEN ?? "", baseUrl: `${stack.replicateUrl}/v1` });

const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${baseUrl}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...Object.fromEntries(new Headers(init.headers)) },
  });
const query = (body: string, headers: Record<string, string> = {}) =>
  ask("/models", { method: "QUERY", body, headers: { "content-type": "text/plain", ...headers } });
const namesOf = (page: { results: { owner: string; name: string }[] }) =>
  page.results.map(({ owner, name }) => `${owner}/${name}`);

test("a search finds the same models with and without quotes around its words", async () => {
  const found = namesOf((await darkroom.models.search("remove background")) as never);
  expect(found).toContain("cjwbw/rembg");
  expect(namesOf(await (await query("remove background")).json())).toEqual(found);
  expect(namesOf(await (await query(' "remove background"\n')).json())).toEqual(found);
  const { requests } = await readLedger(stack);
  expect(requests.filter(({ route }) => route === "QUERY /v1/models").length).toBeGreaterThan(0);
});

test("a search needs a key, and its words have at most 4 KB", async () => {
  const missing = await fetch(`${baseUrl}/models`, { method: "QUERY", body: "upscale" });
  expect([missing.status, await missing.json()]).toMatchObject([401, { title: "Unauthenticated" }]);
  expect(missing.headers.get("access-control-allow-origin")).toBe("*");
  expect((await query("x".repeat(4097))).status).toBe(413);
  expect((await query("x".repeat(4096))).status).toBe(200);
});

test("no other path knows the method QUERY", async () => {
  for (const path of ["/search", "/models/stability-ai/sdxl", "/predictions"]) {
    expect((await ask(path, { method: "QUERY", body: "x" })).status).toBe(400);
  }
});

test("the next page of models has a URL of this API", async () => {
  const cursor = Buffer.from("p=stability-ai%2Fsdxl").toString("base64");
  const path = `models?sort_by=model_created_at&sort_direction=asc&cursor=${encodeURIComponent(cursor)}`;
  const page = await (await darkroom.request(path, {})).json();
  const { previous } = await (await replicate.request(path, {})).json();
  expect(page.previous).toBe(`${baseUrl}/models${new URL(previous).search}`);
  expect(page.next).toBeNull();
  const back = await (await darkroom.request(page.previous, {})).json();
  expect(namesOf(back)).toEqual(namesOf(await (await replicate.request(previous, {})).json()));
  expect(back.next).toMatch(`${baseUrl}/models?`);
});

test.each([
  ["POST", "/models", "Models cannot be created, changed or deleted through this API."],
  ["PATCH", "/models/stability-ai/sdxl", "Models cannot be created, changed or deleted through this API."],
  ["DELETE", "/models/nobody/nothing", "Models cannot be created, changed or deleted through this API."],
  ["DELETE", `/models/stability-ai/sdxl/versions/${SDXL}`, "Models cannot be created, changed or deleted"],
  ["POST", `/models/stability-ai/sdxl/versions/${SDXL}/trainings`, "Models cannot be trained through this API."],
  ["POST", "/deployments", "Deployments cannot be created through this API."],
])("%s %s is refused with a sentence", async (method, path, sentence) => {
  const response = await ask(path, { method, body: "{}", headers: { "content-type": "application/json" } });
  const body = { detail: expect.stringContaining(sentence), status: 403 };
  expect([response.status, await response.json()]).toEqual([403, body]);
});

test("there are no trainings and no deployments", async () => {
  for (const path of ["/trainings/rrr4z5ztdnrm80crkw0s5e2p2w", "/deployments/sandbox/style"]) {
    expect((await ask(path)).status).toBe(404);
  }
});

const NOT_FOUND = { detail: "The requested resource could not be found.", status: 404 };
test.each([
  ["/models/nobody/nothing", 404, NOT_FOUND],
  ["/models/stability-ai/..%2f..%2faccount", 404, { detail: expect.any(String), status: 404 }],
  ["/models/stability-ai/sdxl%3F", 404, NOT_FOUND],
  [`/models/stability-ai/sdxl/versions/${"0".repeat(64)}`, 404, NOT_FOUND],
  ["/models/stability-ai/sdxl/versions/latest", 404, NOT_FOUND],
  ["/collections/nothing", 404, NOT_FOUND],
  ["/collections/%2e%2e", 404, NOT_FOUND],
  ["/search", 400, { detail: 'Query parameter "query" is required', status: 400 }],
  ["/search?query=", 400, { detail: 'Query parameter "query" is required', status: 400 }],
  ["/search?query=x&limit=51", 400, { detail: 'Query parameter "limit" is invalid', status: 400 }],
  ["/models?sort_by=name", 400, { detail: 'Query parameter "sort_by" is invalid', status: 400 }],
])("GET %s answers %i", async (path, status, body) => {
  const response = await ask(path);
  expect([response.status, await response.json()]).toEqual([status, body]);
});

test("a user who asks for many models is told when to go on", async () => {
  const busy = await createUser(stack);
  const answers = await Promise.all(
    Array.from({ length: 34 }, (_, n) => fetch(`${baseUrl}/models/nobody/n${n}`, { headers: busy.bearer })),
  );
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(await refused?.json()).toMatchObject({ status: 429, retry_after: 1 });
  expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(30);
});

test("what was asked for a moment ago is not asked for again", async () => {
  const other = new Replicate({ auth: (await createUser(stack)).accessToken, baseUrl });
  const asked = async () =>
    (await readLedger(stack)).requests.filter(({ route }) => route.startsWith("GET /v1/models/:owner/:name")).length;
  const before = await asked();
  for (const client of [darkroom, other, darkroom]) {
    await client.models.get("tencentarc", "gfpgan");
    await client.models.versions.list("tencentarc", "gfpgan");
  }
  expect((await asked()) - before).toBe(2);
});

test("while Replicate is unavailable, every look-up answers 503", async () => {
  const app = await startAnotherApp(stack, { REPLICATE_API_BASE_URL: "http://127.0.0.1:9/v1" });
  const paths = [
    "/models",
    "/models/stability-ai/sdxl/readme",
    "/search?query=x",
    "/collections/official",
    "/hardware",
  ];
  const requests: [string, RequestInit][] = [
    ...paths.map((path): [string, RequestInit] => [path, {}]),
    ["/models", { method: "QUERY", body: "x" }],
  ];
  const answers = await Promise.all(
    requests.map(async ([path, init]) => {
      const response = await fetch(`${app.appUrl}/api/v1${path}`, { ...init, headers: user.bearer });
      return [response.status, await response.json()];
    }),
  );
  const unavailable = { detail: "Replicate is unavailable. Try again in a moment.", status: 503 };
  expect(answers).toEqual(requests.map(() => [503, unavailable]));
  await app.stop();
});

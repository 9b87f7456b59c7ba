import { expect, test } from "vitest";
import { eventually, SDXL, serve, small } from "../serve.ts";

async function withFault(rules: unknown) {
  const sandbox = await serve();
  expect((await sandbox.faults(rules)).status).toBe(200);
  return sandbox;
}

test("a fault applies to prompts that match, `count` times, until it is cleared", async () => {
  const { create, faults } = await withFault({ match: "blue", create: { status: 500, count: 2 } });
  const status = async (prompt: string) => (await create({ prompt, ...small })).status;
  expect(await status("red")).toBe(201);
  expect([await status("blue"), await status("blue"), await status("blue")]).toEqual([500, 500, 201]);
  await faults([{ create: { status: 503 } }]);
  expect(await status("red")).toBe(503);
  await faults({});
  expect(await status("red")).toBe(201);
});

test("a rate is exact and evenly spread", async () => {
  const { ask } = await withFault({ list: { status: 503, rate: 0.3 } });
  const statuses = [];
  for (let n = 0; n < 100; n++) statuses.push((await ask("GET", "/v1/predictions")).status);
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(27);
  expect(statuses.filter((status) => status === 503).length).toBeLessThan(33);
});

test("an invalid rule is refused with the reason", async () => {
  const { faults } = await serve();
  const response = await faults({ create: { stauts: 500 } });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ detail: expect.stringMatching("stauts") });
});

test.each([
  [401, "application/problem+json", "Unauthenticated"],
  [402, "application/problem+json", "Insufficient credit"],
  [422, "application/json", "Input validation failed"],
  [429, "application/json", "Request was throttled. Your rate limit resets in ~7s."],
  [500, "application/json", "Internal server error"],
  [502, "text/html", "502 Bad Gateway"],
])("a create can answer %i", async (status, type, words) => {
  const { create, ledger } = await withFault({ create: { status, retry_after: 7 } });
  const response = await create(small);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe(type);
  expect(response.headers.get("retry-after")).toBe(status === 429 ? "7" : null);
  expect(await response.text()).toMatch(words);
  expect((await ledger()).predictions).toEqual([]);
});

test("the official client sends a throttled create six times in a row", async () => {
  const { replicate, ledger } = await withFault({ create: { status: 429 } });
  await expect(replicate.predictions.create({ version: SDXL, input: small })).rejects.toThrow("429 Too Many Requests");
  expect((await ledger()).counts["POST /v1/predictions"]).toBe(6);
});

test("an accepted create can answer with an error, with an unusable body or not at all", async () => {
  const { create, faults, ledger } = await withFault({ create: { status: 504, accepted: true } });
  expect((await create(small)).status).toBe(504);
  await faults({ create: { drop: "after" } });
  await expect(create(small)).rejects.toThrow("fetch failed");
  await faults({ create: { body: "invalid_json" } });
  await expect((await create(small)).json()).rejects.toThrow(SyntaxError);
  await faults({ create: { body: "no_id" } });
  expect(await (await create(small)).json()).not.toHaveProperty("id");
  await faults({ create: { body: "huge" } });
  expect((await (await create(small)).text()).length).toBeGreaterThan(5_000_000);
  expect((await ledger()).predictions).toHaveLength(5);
  await faults({ create: { drop: "before" } });
  await expect(create(small)).rejects.toThrow("fetch failed");
  expect((await ledger()).predictions).toHaveLength(5);
  const [, dropped] = (await ledger()).requests.filter(({ route }) => route === "POST /v1/predictions");
  expect(dropped).toMatchObject({ outcome: "dropped", prediction: expect.any(String) });
});

test("a create can be slow before or after it is accepted, or succeed at once", async () => {
  const { create, faults } = await withFault({ create: { delay: 40, answer_delay: 40 } });
  const start = performance.now();
  await create(small);
  expect(performance.now() - start).toBeGreaterThan(75);
  await faults({ clock: 0.001, create: { already_succeeded: true } });
  expect(await (await create(small)).json()).toMatchObject({ status: "succeeded", output: [expect.any(String)] });
});

test("a get can be slow or fail several times, and the official client retries it", async () => {
  const { replicate, faults, ledger, finish, ask } = await serve();
  const { id } = await finish(small);
  await ask("DELETE", "/__ledger");
  await faults({ get: { status: 503, count: 3, delay: 10 } });
  expect(await replicate.predictions.get(id)).toMatchObject({ status: "succeeded" });
  expect((await ledger()).counts["GET /v1/predictions/:id"]).toBe(4);
});

test("a prediction can succeed just before it is canceled", async () => {
  const { create, replicate } = await withFault({ cancel: { race: true } });
  const { id } = await (await create({ prompt: "[slow]", ...small })).json();
  expect(await replicate.predictions.cancel(id)).toMatchObject({ status: "succeeded", output: [expect.any(String)] });
});

test("creates over the limit are throttled until a second has passed", async () => {
  const { create, faults } = await serve({ clock: 1 });
  await faults({ limits: { per_second: 3 }, clock: 2 });
  const statuses = await Promise.all(Array.from({ length: 5 }, async () => (await create(small)).status));
  expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 201, 201, 429, 429]);
  await eventually(async () => (await create(small)).status).toBe(201);
});

test("with `all`, the limit is on all requests of the account, but not on the files", async () => {
  const { create, faults, replicate } = await serve({ clock: 20 });
  const { id } = await (await create(small)).json();
  await replicate.wait(await replicate.predictions.get(id), { interval: 20 });
  await faults({ limits: { per_second: 2, all: true }, clock: 1 });
  const reads = await Promise.allSettled(Array.from({ length: 3 }, () => replicate.predictions.get(id)));
  expect(reads.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect((await create(small)).status).toBe(429);
  await eventually(async () => (await create(small)).status).toBe(201);
});

import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi, listAccepted } from "../support/api";
import { quickInput, SDXL } from "../support/api-v1";
import { makeKey } from "../support/keys";
import { isFull, size } from "../support/form";
import { quantile } from "../support/quantile";
import { createUser } from "../support/users";

// Measures how much longer a request to /api/v1 takes than the same request to the local Replicate. The requests are sent in
// turn, so that other load of the machine affects both.

const stack = inject("stack");
const MANY = "1000000";
const app = await startAnotherApp(stack, {
  READS_PER_SECOND_PER_USER: MANY,
  CREATES_PER_MINUTE_PER_USER: MANY,
  MAX_IN_FLIGHT_PER_USER: MANY,
  DAILY_IMAGES_PER_USER: MANY,
  DAILY_IMAGES_PER_NEW_USER: MANY,
  DAILY_USD_PER_USER: MANY,
});
afterAll(() => app.stop());
const user = await createUser(stack);
const { key } = await makeKey(stack, user);

/**
 * The full form (`npm run budgets`) measures many requests. The short form sends only a few, and allows more time (`most`),
 * because the machine may be busy.
 */
const ROUNDS = size(20, 200);
const most = (ms: number) => (isFull ? ms : 4 * ms);
type Target = { base: string; token: string };
const viaApp: Target = { base: `${app.appUrl}/api/v1`, token: key };
const direct: Target = { base: `${stack.replicateUrl}/v1`, token: stack.env.REPLICATE_API_TOKEN ?? "" };

/** Sends a request. Returns the time until the whole response has arrived (ms). */
async function measure({ base, token }: Target, path: string, body?: object): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const start = performance.now();
  const response = await fetch(base + path, { headers, ...(body && { method: "POST", body: JSON.stringify(body) }) });
  const text = await response.text();
  const elapsed = performance.now() - start;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return elapsed;
}

/**
 * Measures a request to the app and the same request to Replicate, in turn. Returns and prints the difference of the medians
 * (ms).
 */
async function compare(name: string, rounds: number, ask: (target: Target, round: number) => Promise<number>) {
  const times: { viaApp: number[]; direct: number[] } = { viaApp: [], direct: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.viaApp.push(await ask(viaApp, round));
    times.direct.push(await ask(direct, round));
  }
  const [ours, theirs] = [quantile(times.viaApp, 0.5), quantile(times.direct, 0.5)];
  console.log(
    `${name}: p50 ${ours.toFixed(1)} ms through /api/v1 (p95 ${quantile(times.viaApp, 0.95).toFixed(1)}), ` +
      `${theirs.toFixed(1)} ms directly, so ${(ours - theirs).toFixed(1)} ms more, over ${rounds}; ` +
      `p10 ${quantile(times.viaApp, 0.1).toFixed(1)} and ${quantile(times.direct, 0.1).toFixed(1)} ms`,
  );
  return ours - theirs;
}

test("reading a prediction takes at most 25 ms more than at Replicate", { timeout: 120_000 }, async () => {
  const api = createApi(app, user);
  const { id } = await api.create({ prompt: "read again and again" });
  await api.saved(id);
  const [remote] = await listAccepted(stack, "read again and again");
  const ask = (target: Target) => measure(target, `/predictions/${target === viaApp ? id : (remote?.id ?? "")}`);
  await compare("The first reads", 5, ask);
  expect(await compare("Reading a prediction", ROUNDS, ask)).toBeLessThanOrEqual(most(25));
});

test("looking up a model takes at most 25 ms more, also for the first time", { timeout: 120_000 }, async () => {
  const known = (target: Target) => measure(target, "/models/stability-ai/sdxl");
  await compare("The first look-ups", 5, known);
  expect(await compare("Looking up a known model", ROUNDS, known)).toBeLessThanOrEqual(most(25));
  const list = await (
    await fetch(`${direct.base}/models`, { headers: { authorization: `Bearer ${direct.token}` } })
  ).json();
  const { results } = list as { results: { owner: string; name: string }[] };
  const paths = results.slice(0, 20).map(({ owner, name }) => `/models/${owner}/${name}`);
  const fresh = (target: Target, round: number) => measure(target, paths[round] ?? "");
  expect(await compare("Looking up a model for the first time", paths.length, fresh)).toBeLessThanOrEqual(most(25));
});

// Replicate responds before the run starts. Before the app responds, it writes twice to the database: the row, before it sends
// the create request to Replicate, and then the result of this request.
test("starting a prediction takes at most 100 ms more", { timeout: 240_000 }, async () => {
  const create = async (target: Target, round: number) => {
    const body = { version: SDXL, input: quickInput(`started ${round}`) };
    const elapsed = await measure(target, "/predictions", body);
    // This pause gives the run and the saving of its file time to end, so that they do not slow the next request.
    await sleep(400);
    return elapsed;
  };
  await compare("The first starts", 3, create);
  expect(await compare("Starting a prediction", size(10, 100), create)).toBeLessThanOrEqual(most(100));
});

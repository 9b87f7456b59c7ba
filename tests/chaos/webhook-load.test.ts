import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { setFaults } from "../support/api";
import {
  waitUntilIdle,
  bench,
  control,
  finishWithoutWaits,
  isPglite,
  runInParallel,
  createUserApi,
  quick,
  report,
  readRows,
  readSentRows,
  size,
  endFailures,
} from "./support/bench";
import { quantile } from "../support/quantile";
import { check } from "./support/checker";
import { deliverWebhook, waitForRemoteEnd } from "../support/deliver-webhook";

afterEach(endFailures);

const SECONDS = size(3, 30);
const RATE = isPglite ? 50 : size(50, 200);

test(
  "with the storage down, webhooks are answered as quickly as before, because saving is not part of the request",
  { timeout: 600_000 },
  async () => {
    // The proxy holds all requests to storage until the faults end, so that no poll can save files before the webhooks arrive.
    await control.set([{ path: "^/storage/", what: { hold: true } }]);
    const deliveries = await prepare("R10 down", size(15, 100));
    const times = await deliverAt(20, SECONDS, deliveries);
    report("R10", `${times.length} webhooks at 20/s with the storage down: p99 ${quantile(times, 0.99).toFixed(0)} ms`);
    expect(quantile(times, 0.99)).toBeLessThanOrEqual(1000);
    expect((await readRows("R10 down")).filter(({ saved }) => saved)).toEqual([]);

    await control.set([]);
    await finishWithoutWaits("R10 down", 300_000);
    expect((await check(bench, "R10 down")).problems).toEqual([]);
  },
);

test(`${RATE} webhooks per second are answered within a second`, { timeout: 600_000 }, async () => {
  const deliveries = await prepare("C38 storm", size(10, 100));
  const times = await deliverAt(RATE, SECONDS, deliveries);
  const at = (share: number) => `${quantile(times, share).toFixed(0)} ms`;
  report("C38", `${times.length} webhooks at ${RATE}/s: p50 ${at(0.5)}, p99 ${at(0.99)}`);
  expect(quantile(times, 0.99)).toBeLessThanOrEqual(1000);
  await waitUntilIdle("C38 storm", 300_000);
  expect((await check(bench, "C38 storm")).problems).toEqual([]);
});

/**
 * Makes predictions whose webhooks are lost, and waits until they have ended at Replicate. Returns a webhook for each of them.
 */
async function prepare(words: string, count: number) {
  await setFaults(bench, { match: words, webhooks: { drop: true } });
  const { create } = await createUserApi();
  const prompts = Array.from({ length: count }, (_, index) => `${words} ${index},`);
  await runInParallel(prompts, 5, async (prompt) => void (await create({ prompt, ...quick })));
  const rows = await readSentRows(words);
  return Promise.all(
    rows.map(async ({ id, replicate_id }) => ({
      prediction: id,
      body: await waitForRemoteEnd(bench, replicate_id ?? ""),
    })),
  );
}

/** Sends `rate` webhooks per second, without waiting for responses. Returns the time until each response (ms). */
async function deliverAt(rate: number, seconds: number, deliveries: { prediction: string; body: object }[]) {
  const start = performance.now();
  const answers = Array.from({ length: rate * seconds }, async (_, index) => {
    await sleep(Math.max(0, (index / rate) * 1000 - (performance.now() - start)));
    const sent = performance.now();
    const delivery = deliveries[index % deliveries.length];
    if (!delivery) throw new Error("There is nothing to deliver.");
    const answer = await deliverWebhook(bench, delivery);
    // Reads the whole response, because a connection can be used again only after that.
    await answer.text();
    expect(answer.status).toBe(200);
    return performance.now() - sent;
  });
  return Promise.all(answers);
}

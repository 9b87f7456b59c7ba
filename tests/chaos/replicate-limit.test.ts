import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { createApi, listAccepted, readLedger, setFaults } from "../support/api";
import { quantile } from "../support/quantile";
import { sql } from "../support/sql";
import { bench, createUserApi, endFailures, numbers, report, size, waitUntilIdle } from "./support/bench";
import { startBenchApp } from "./support/bench-app";
import { check } from "./support/checker";

const COUNT = size(15, 50);
const PER_SECOND = 10;
/** The time for one create request and one poll of each prediction, at Replicate's limit (s). */
const WHOLE_QUEUE = (2 * COUNT) / PER_SECOND;
/** The input for a run of about two seconds. */
const input = { width: 256, height: 256, num_inference_steps: 25 };

afterEach(endFailures);

test.each([1, 2])(
  `${COUNT} predictions share ${PER_SECOND} requests a second to Replicate, instances: %i`,
  { timeout: 180_000 },
  async (count) => {
    const words = `one queue of ${count}`;
    // Webhooks are turned off, so that the app must poll every result.
    const env = { REPLICATE_WEBHOOK_SIGNING_SECRET: "" };
    const apps = await Promise.all(numbers(count).map(() => startBenchApp(bench, env)));
    onTestFinished(() => void Promise.all(apps.map((app) => app.kill())));
    const { user } = await createUserApi();
    const apis = apps.map((app) => createApi(app, user));
    // These first predictions put the model's version into the cache of each instance.
    await Promise.all(apis.map((api) => api.create({ prompt: `first of ${words}`, ...input })));
    await waitUntilIdle(`first of ${words}`);

    const before = (await readLedger(bench)).requests.length;
    await setFaults(bench, { limits: { per_second: PER_SECOND, all: true } });
    await Promise.all(
      numbers(COUNT).map(async (index) => apis[index % count]?.create({ prompt: `${words}, ${index},`, ...input })),
    );
    const known = await watchEnds(`${words},`);
    const remotes = await listAccepted(bench, `${words},`);
    const delays = remotes.map(
      ({ id, completed_at }) => ((known.get(id) ?? NaN) - Date.parse(completed_at ?? "")) / 1000,
    );
    const sent = (await readLedger(bench)).requests.slice(before).filter(({ route }) => route.includes("/v1/"));
    const refused = sent.filter(({ outcome }) => outcome === "429");
    const [p50, p95] = [quantile(delays, 0.5), quantile(delays, 0.95)];
    report(
      "queue",
      `${COUNT} polled predictions at ${PER_SECOND} requests a second, instances: ${count}: known p50 ${p50.toFixed(1)} s, ` +
        `p95 ${p95.toFixed(1)} s after completion; ${sent.length} requests, ${refused.length} of them throttled`,
    );
    expect(delays).toHaveLength(COUNT);
    // A result waits at most for the whole queue, and for two more seconds until the next poll.
    expect(p95).toBeLessThan(WHOLE_QUEUE + 2);
    // Each prediction needs a create request and one or two polls, even on a busy machine.
    expect(sent.length - refused.length).toBeLessThanOrEqual(3 * COUNT);
    await waitUntilIdle(`${words},`);
    expect((await check(bench, `${words},`)).problems).toEqual([]);
  },
);

/** Waits until all predictions have succeeded. Returns, by Replicate's id, the time (ms) at which the row got this status. */
async function watchEnds(words: string): Promise<Map<string, number>> {
  const ends = new Map<string, number>();
  const query = `select replicate_id as id from predictions where status = 'succeeded' and input ->> 'prompt' like '${words}%'`;
  for (const end = Date.now() + 120_000; ends.size < COUNT && Date.now() < end; await sleep(30)) {
    for (const { id } of await sql<{ id: string }>(bench, query)) if (!ends.has(id)) ends.set(id, Date.now());
  }
  return ends;
}

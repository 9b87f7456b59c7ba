import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted } from "../support/api";
import { quantile } from "../support/quantile";
import { bench, control, createUserApi, endFailures, numbers, report, size, waitUntilIdle } from "./support/bench";
import { check } from "./support/checker";

const COUNT = size(10, 50);
/** The input for a run of about six seconds. The run reports its progress twice a second. */
const input = { width: 64, height: 64, num_inference_steps: 75 };

afterEach(endFailures);

test(`the progress of ${COUNT} predictions at once does not delay their results`, { timeout: 180_000 }, async () => {
  const { create, ask } = await createUserApi();
  await create({ prompt: "before the progress", ...input });
  await waitUntilIdle("before the progress");
  await control.set([]);

  const created = await Promise.all(numbers(COUNT).map((index) => create({ prompt: `progress ${index},`, ...input })));
  const { seen, responses, progress } = await watch(ask, new Set(created.map(({ id }) => id)));
  await waitUntilIdle("progress ");
  const writes = (await control.seen()).filter(({ path }) => path.endsWith("/rpc/update_prediction")).length / COUNT;

  const remotes = new Map((await listAccepted(bench, "progress ")).map((remote) => [remote.input.prompt, remote]));
  const delays = created.map(({ id, input: { prompt } }) => {
    const end = Date.parse(remotes.get(prompt)?.completed_at ?? "");
    return (seen.get(id) ?? NaN) - end;
  });
  const [p50, p95] = [quantile(delays, 0.5), quantile(delays, 0.95)];
  report(
    "logs",
    `${COUNT} predictions report their progress: known p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms after completion; ` +
      `${writes.toFixed(1)} writes each; ${responses} responses to one page`,
  );
  const runs = [...remotes.values()].map(
    (remote) => Date.parse(remote.completed_at ?? "") - Date.parse(remote.created_at),
  );
  // The app writes three changes of the status (accepted, started, ended), and the progress once in two seconds. The limit is
  // higher, because the app also polls on a busy machine. Without `holdProgress`, it would write the progress twice a second.
  expect(writes).toBeLessThan(6 + Math.max(...runs) / 1000);
  expect(Math.max(...[...progress.values()].map((values) => values.size))).toBeGreaterThan(3);
  expect((await check(bench, "progress ")).problems).toEqual([]);
});

/**
 * Long-polls the active predictions, as the page does, until all of `ids` have succeeded. `seen` contains the time (ms) at
 * which each of them was first reported as succeeded.
 */
async function watch(ask: (path: string, init: RequestInit) => Promise<Response>, ids: Set<string>) {
  const seen = new Map<string, number>();
  const progress = new Map<string, Set<number | null>>();
  let responses = 0;
  for (let etag = ""; seen.size < ids.size; responses += 1) {
    const response = await ask("/api/replicate?status=active", {
      headers: { prefer: "wait=5", "if-none-match": etag },
    });
    if (response.status === 304) continue;
    etag = response.headers.get("etag") ?? "";
    const { results } = (await response.json()) as { results: Prediction[] };
    for (const prediction of results.filter(({ id }) => ids.has(id))) {
      progress.set(prediction.id, (progress.get(prediction.id) ?? new Set()).add(prediction.progress));
      if (prediction.status === "succeeded" && !seen.has(prediction.id)) seen.set(prediction.id, Date.now());
    }
    // If a prediction is no longer in the list of active predictions, it was saved between two responses. So it has succeeded.
    const listed = new Set(results.map(({ id }) => id));
    for (const id of progress.keys()) if (!listed.has(id) && !seen.has(id)) seen.set(id, Date.now());
    await sleep(0);
  }
  return { seen, responses, progress };
}

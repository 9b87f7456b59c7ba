import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { setFaults } from "../support/api";
import {
  bench,
  finishWithoutWaits,
  createUserApi,
  passTime,
  quick,
  report,
  readRows,
  size,
  endFailures,
} from "./support/bench";
import { startBenchApp } from "./support/bench-app";
import { check } from "./support/checker";

afterEach(endFailures);

const DEPLOYS = size(1, 10);
const EACH = 8;

test("an instance that gets SIGTERM answers all open requests and ends within 10 s", { timeout: 300_000 }, async () => {
  const dropped: unknown[] = [];
  let answered = 0;
  let slowest = 0;
  for (let deploy = 0; deploy < DEPLOYS; deploy += 1) {
    const words = `R25 deploy ${deploy}.`;
    const leaving = await startBenchApp(bench, { APP_URL: bench.appUrl });
    const { create, submit, ask } = await createUserApi(leaving);
    const { id } = await create({ prompt: `${words} first [slow]`, ...quick });
    const etag = (await ask(`/api/replicate/${id}`)).headers.get("etag") ?? "";
    const patient = { prefer: "wait=25", "if-none-match": etag };
    // All these requests start before the signal. As behind a load balancer, no request arrives after the signal.
    const underWay = Array.from({ length: EACH }, (_, index) => [
      submit({ input: { prompt: `${words} ${index}, [slow]`, ...quick } }, { prefer: "wait=25" }),
      ask(`/api/replicate/${id}`, { headers: patient }),
      ask("/api/replicate?status=active", { headers: { prefer: "wait=25", "if-none-match": '"none"' } }),
    ]).flat();
    await expect.poll(async () => (await readRows(words)).length, { timeout: 30_000 }).toBe(EACH + 1);
    await sleep(500);
    const start = Date.now();
    leaving.signal("SIGTERM");
    await leaving.ended();
    slowest = Math.max(slowest, Date.now() - start);
    for (const outcome of await Promise.allSettled(underWay)) {
      if (outcome.status === "rejected") dropped.push(outcome.reason);
      else if (outcome.value.status >= 500) dropped.push(outcome.value.status);
      else answered += 1;
    }

    // Other instances continue the work when the leases of the ended instance end, after at most two minutes.
    await setFaults(bench, { clock: 50 });
    await passTime(words, 120);
    expect((await finishWithoutWaits(words, 120_000)).every(({ saved }) => saved)).toBe(true);
    expect((await check(bench, words)).problems).toEqual([]);
    await setFaults(bench, {});
  }
  report(
    "R25",
    `${DEPLOYS} deployments with ${3 * EACH} requests under way: ${dropped.length} dropped, ${answered} answered, ` +
      `ended within ${(slowest / 1000).toFixed(1)} s`,
  );
  expect(dropped).toEqual([]);
  expect(slowest).toBeLessThanOrEqual(10_000);
});

import { afterEach, expect, test } from "vitest";
import { listAccepted, setFaults, readLedger } from "../support/api";
import {
  waitUntilIdle,
  bench,
  control,
  runInParallel,
  createUserApi,
  passTime,
  quick,
  report,
  size,
  endFailures,
} from "./support/bench";
import { check } from "./support/checker";

const BACKLOG = size(16, 500);

afterEach(endFailures);

test(`after half an hour without the database, ${BACKLOG} images are saved in time`, { timeout: 900_000 }, async () => {
  await setFaults(bench, { match: "R26", webhooks: { delay: 500 } });
  const { create } = await createUserApi();
  const prompts = Array.from({ length: BACKLOG }, (_, index) => `R26 backlog ${index}, [slow]`);
  await runInParallel(prompts, 6, async (prompt) => void (await create({ prompt, ...quick })));
  await control.down();
  // During the outage, all runs end, and their webhooks are lost.
  await setFaults(bench, { match: "R26", clock: 50, webhooks: { drop: true } });
  const isDone = async () => (await listAccepted(bench, "R26")).every(({ status }) => status === "succeeded");
  await expect.poll(isDone, { timeout: 120_000, interval: 500 }).toBe(true);
  const before = (await readLedger(bench)).requests.length;
  await setFaults(bench, {});
  await passTime("R26", 1800);
  await control.up();

  const start = Date.now();
  const rows = await waitUntilIdle("R26", 600_000);
  const seconds = (Date.now() - start) / 1000;
  const asked = (await readLedger(bench)).requests
    .slice(before)
    .filter(({ method, route }) => method === "GET" && route.includes("/v1/predictions/:id"));
  const { problems, counts } = await check(bench, "R26");
  report(
    "R26",
    `backlog ${BACKLOG} after 30 minutes: saved ${rows.filter(({ saved }) => saved).length} within ${seconds.toFixed(0)} s, ` +
      `lost ${counts.lost}, ${(asked.length / BACKLOG).toFixed(2)} requests to Replicate for each`,
  );
  expect(rows.filter(({ saved }) => saved)).toHaveLength(BACKLOG);
  expect(problems).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(2 * BACKLOG);
});

import { afterEach, expect, test } from "vitest";
import { accepted, fault, ledger } from "../support/api";
import { atRest, bench, control, inParallel, newPerson, passTime, quick, report, size } from "./support/bench";
import { check } from "./support/checker";

const BACKLOG = size(16, 500);

afterEach(async () => {
  await control.up();
  await fault(bench, {});
});

test(
  `after half an hour without its database, ${BACKLOG} images are fetched in time`,
  { timeout: 900_000 },
  async () => {
    await fault(bench, { match: "R27", webhooks: { delay: 500 } });
    const { create } = await newPerson();
    const prompts = Array.from({ length: BACKLOG }, (_, index) => `R27 backlog ${index}, [slow]`);
    await inParallel(prompts, 6, async (prompt) => void (await create({ prompt, ...quick })));
    await control.down();
    // The models finish meanwhile, and their webhooks find nobody who could write them down.
    await fault(bench, { match: "R27", clock: 50, webhooks: { drop: true } });
    const isDone = async () => (await accepted(bench, "R27")).every(({ status }) => status === "succeeded");
    await expect.poll(isDone, { timeout: 120_000, interval: 500 }).toBe(true);
    const before = (await ledger(bench)).requests.length;
    await fault(bench, {});
    await passTime("R27", 1800);
    await control.up();

    const start = Date.now();
    const rows = await atRest("R27", 600_000);
    const seconds = (Date.now() - start) / 1000;
    const asked = (await ledger(bench)).requests
      .slice(before)
      .filter(({ method, route }) => method === "GET" && route.includes("/v1/predictions/:id"));
    const { problems, counts } = await check(bench, "R27");
    report(
      "R27",
      `backlog ${BACKLOG} after 30 minutes: kept ${rows.filter(({ saved }) => saved).length} within ${seconds.toFixed(0)} s, ` +
        `lost ${counts.lost}, ${(asked.length / BACKLOG).toFixed(2)} questions to Replicate for each`,
    );
    expect(rows.filter(({ saved }) => saved)).toHaveLength(BACKLOG);
    expect(problems).toEqual([]);
    expect(asked.length).toBeLessThanOrEqual(2 * BACKLOG);
  },
);

import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import {
  bench,
  finishWithoutWaits,
  runInParallel,
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

const IN_FLIGHT = size(18, 500);
/** The time between two kills of the instance (ms). */
const EVERY = size(2_500, 4_000);
/** The speed of the clock at Replicate until all predictions are submitted. It is so slow that no run ends in this time. */
const PACE = size(0.05, 0.005);

afterEach(endFailures);

test(
  `${IN_FLIGHT} predictions on two instances survive reordered webhooks and repeated kills of one instance`,
  { timeout: 900_000 },
  async () => {
    const words = "scale";
    const disorder = [
      { match: "shuffled", webhooks: { reorder: true, duplicate: 2 } },
      { match: "dropped", webhooks: { drop: true } },
      { match: "doubled", webhooks: { duplicate: 3 } },
    ];
    await setFaults(bench, [{ match: words, clock: PACE }, ...disorder]);
    const { user, submit } = await createUserApi();
    const dying = await startBenchApp(bench, { APP_URL: bench.appUrl });
    const there = createApi(dying, user);
    const kinds = ["shuffled", "dropped", "doubled"];
    const prompts = Array.from({ length: IN_FLIGHT }, (_, index) => `${words} ${kinds[index % 3]} ${index},`);

    let isOver = false;
    let isSubmitted = false;
    let deaths = 0;
    const reaper = (async () => {
      while (!isOver) {
        await sleep(EVERY);
        await dying.restart();
        deaths += 1;
        // The killed instance still holds the leases of its rows. `passTime` makes these leases end earlier.
        if (isSubmitted) await passTime(words, 30);
      }
    })();
    await runInParallel(prompts, 8, async (prompt, index) => {
      const key = { "idempotency-key": `scale-${index}` };
      const body = { input: { prompt, ...quick } };
      const first = index % 2 ? submit : there.submit;
      const answer = await first(body, key).catch(() => null);
      // A client without a response sends the request again to the other instance, with the same idempotency key.
      const heard = answer?.status === 201 ? answer : await submit(body, key);
      expect(heard.status).toBe(201);
    });
    const inFlight = (await readRows(words)).filter(({ status }) => status === "starting" || status === "processing");
    expect(inFlight.length).toBeGreaterThan(0.9 * IN_FLIGHT);
    isSubmitted = true;
    await setFaults(bench, disorder);
    await finishWithoutWaits(words, 600_000);
    isOver = true;
    await reaper;
    await dying.kill();

    const rows = await readRows(words);
    const { problems, counts, remotes } = await check(bench, words);
    report(
      "scale",
      `${IN_FLIGHT} predictions, ${inFlight.length} in flight at one time, ${deaths} deaths: saved ${rows.filter(({ saved }) => saved).length}, ` +
        `${remotes} at Replicate, ${JSON.stringify(counts)}`,
    );
    expect(rows).toHaveLength(IN_FLIGHT);
    expect(problems).toEqual([]);
  },
);

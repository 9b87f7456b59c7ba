import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { listAccepted, setFaults } from "../support/api";
import {
  bench,
  control,
  makeDue,
  finishWithoutWaits,
  runInParallel,
  createUserApi,
  quick,
  createRandom,
  report,
  readRows,
  size,
  endFailures,
} from "./support/bench";
import { check } from "./support/checker";
import { buildWorker, startWorker } from "./support/start-sweep-worker";

const KILLS = size(10, 200);
const WORDS = "R1 killed while copying";
/** ms. Saving four small files takes about half a second. */
const LONGEST = 400;

beforeAll(buildWorker);
afterEach(endFailures);

test(
  `with two workers and ${KILLS} kills at random moments, every image is saved once and completely`,
  { timeout: 900_000 },
  async () => {
    await setFaults(bench, { match: WORDS, webhooks: { drop: true } });
    const { create } = await createUserApi();
    const random = createRandom(1);
    const workers = await Promise.all([startWorker(bench), startWorker(bench)]);
    onTestFinished(() => Promise.all(workers.map((worker) => worker.kill())).then(() => undefined));

    let kills = 0;
    for (let round = 0; kills < KILLS; round += 1) {
      const prompts = Array.from({ length: size(8, 12) }, (_, index) => `${WORDS} ${round} ${index},`);
      await runInParallel(prompts, 4, async (prompt) => void (await create({ prompt, num_outputs: 4, ...quick })));
      await control.freeze();
      const isDone = async () =>
        (await listAccepted(bench, `${WORDS} ${round} `)).every(({ status }) => status === "succeeded");
      await expect.poll(isDone, { timeout: 30_000 }).toBe(true);
      while (kills < KILLS && (await readRows(`${WORDS} ${round} `)).some((row) => row.due)) {
        await makeDue(WORDS);
        await sleep(random() * LONGEST);
        const victim = kills % 2;
        await workers[victim]?.kill();
        workers[victim] = await startWorker(bench);
        kills += 1;
      }
      await control.thaw();
    }
    await makeDue(WORDS);
    const rows = await finishWithoutWaits(WORDS, 120_000);

    const { problems, counts, files, predictions } = await check(bench, WORDS);
    report(
      "R1",
      `${kills} kills while copying ${files} files of ${predictions} predictions: lost ${counts.lost}, doubled ${counts.doubled}, ` +
        `orphan objects ${counts.orphan}, corrupt ${counts.corrupt}`,
    );
    expect(problems).toEqual([]);
    expect(rows.filter(({ saved }) => !saved)).toEqual([]);
  },
);

import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { listAccepted, setFaults } from "../../support/api";
import {
  bench,
  control,
  createRandom,
  createUserApi,
  finishWithoutWaits,
  makeDue,
  readRows,
  runInParallel,
} from "./bench";
import { startWorker } from "./start-sweep-worker";

type Plan = {
  /** The words with which all prompts begin. */
  words: string;
  kills: number;
  /** Returns the arguments of `create` for the predictions of one round. All their prompts begin with `prompt`. */
  requests: (prompt: string) => [input: Record<string, unknown>, more: object][];
  /** The longest time between two kills (ms). It is about the time that it takes to save one prediction. */
  longest: number;
};

/**
 * Two workers save the files of many predictions. In turn, each worker is killed at a random moment and started again. At the
 * end, waits until all work is done, kills both workers, and returns the rows.
 */
export async function killWhileSaving({ words, kills, requests, longest }: Plan) {
  await setFaults(bench, { match: words, webhooks: { drop: true } });
  const { create } = await createUserApi();
  const random = createRandom(1);
  const workers = await Promise.all([startWorker(bench), startWorker(bench)]);
  const killAll = () => Promise.all(workers.map((worker) => worker.kill())).then(() => undefined);
  onTestFinished(killAll);

  let killed = 0;
  for (let round = 0; killed < kills; round += 1) {
    const prompt = `${words} ${round} `;
    await runInParallel(requests(prompt), 4, async ([input, more]) => void (await create(input, more)));
    await control.freeze();
    const isDone = async () => (await listAccepted(bench, prompt)).every(({ status }) => status === "succeeded");
    await expect.poll(isDone, { timeout: 60_000 }).toBe(true);
    while (killed < kills && (await readRows(prompt)).some((row) => row.due)) {
      await makeDue(words);
      await sleep(random() * longest);
      const victim = killed % 2;
      await workers[victim]?.kill();
      workers[victim] = await startWorker(bench);
      killed += 1;
    }
    await control.thaw();
  }
  await makeDue(words);
  const rows = await finishWithoutWaits(words, 300_000);
  await killAll();
  return rows;
}

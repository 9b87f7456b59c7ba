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
  /** Words of all prompts. */
  words: string;
  kills: number;
  /** The requests of one round: the arguments of `create`. `prompt` begins the prompt of each. */
  requests: (prompt: string) => [input: Record<string, unknown>, more: object][];
  /** The longest time between two kills (ms): about as long as saving one prediction. */
  longest: number;
};

/**
 * Two workers save the files of many predictions, while one after the other is killed at random moments and started again. Ends
 * when all work is done and both workers are dead. Returns the rows.
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

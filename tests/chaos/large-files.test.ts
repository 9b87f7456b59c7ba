import { afterEach, beforeAll, expect, onTestFinished, test } from "vitest";
import { readLedger, setFaults } from "../support/api";
import {
  bench,
  control,
  createUserApi,
  endFailures,
  finishWithoutWaits,
  isFull,
  listTemporaryFiles,
  makeDue,
  quick,
  readSentRows,
  report,
  size,
  waitForRows,
} from "./support/bench";
import { startBenchApp } from "./support/bench-app";
import { check } from "./support/checker";
import { killWhileSaving } from "./support/kill-while-saving";
import { type KindName, requestOf } from "./support/kinds";
import { buildWorker, startWorker } from "./support/start-sweep-worker";

const KILLS = size(3, 100);
/** The kinds of large files. Each file has 49 to 50 MB, because 50 MB is the largest size that the app saves by default. */
const LARGE: KindName[] = isFull ? ["MP4", "WebM", "WAV", "GLB", "image"] : ["MP4"];

beforeAll(buildWorker);
afterEach(endFailures);

test(
  `with ${KILLS} kills while files of 50 MB are copied, each is saved once, and no temporary file is left`,
  { timeout: 1_800_000 },
  async () => {
    const words = "R1 killed with large files";
    const rows = await killWhileSaving({
      words,
      kills: KILLS,
      requests: (prompt) => LARGE.map((kind) => requestOf(kind, `${prompt}${kind}, [49 MB]`)),
      longest: 3_000,
    });
    const { problems, counts, files } = await check(bench, words);
    // When a server starts, it removes the temporary files of servers that have died.
    const next = await startBenchApp(bench, { APP_URL: bench.appUrl });
    onTestFinished(() => next.kill("SIGTERM"));
    await expect.poll(() => listTemporaryFiles(), { timeout: 20_000 }).toEqual([]);
    report(
      "R1",
      `${KILLS} kills while copying ${files} files of 50 MB: lost ${counts.lost}, doubled ${counts.doubled}, orphan objects ` +
        `${counts.orphan}, corrupt ${counts.corrupt}; temporary files after a restart ${listTemporaryFiles().length}`,
    );
    expect(problems).toEqual([]);
    expect(rows.filter(({ saved }) => !saved)).toEqual([]);
  },
);

test("a large file that arrives slowly and outlives its lease is fetched by two servers, and saved once", async () => {
  const words = "C44 a large file";
  await setFaults(bench, { match: words, webhooks: { drop: true }, delivery: { drip: 2_000_000 } });
  const { create } = await createUserApi();
  await create({ prompt: `${words} [as mov] [20 MB]`, ...quick });
  const [{ replicate_id: remote } = { replicate_id: null }] = await readSentRows(words);
  await control.freeze();
  const workers = await Promise.all([startWorker(bench), startWorker(bench)]);
  onTestFinished(() => Promise.all(workers.map((worker) => worker.kill())).then(() => undefined));
  const countDownloads = async () =>
    (await readLedger(bench)).requests.filter(
      ({ prediction, route }) => prediction === remote && route.includes("/delivery/"),
    ).length;
  const fetchAgain = () => makeDue(words).then(countDownloads);
  await expect.poll(fetchAgain, { timeout: 20_000, interval: 500 }).toBe(2);
  expect(await waitForRows(words, ([row]) => row?.saved === true)).toMatchObject([{ images: 1 }]);
  await control.thaw();
  await finishWithoutWaits(words);
  await expect.poll(() => listTemporaryFiles(), { timeout: 20_000 }).toEqual([]);
  expect(await countDownloads()).toBe(2);
  expect((await check(bench, words)).problems).toEqual([]);
});

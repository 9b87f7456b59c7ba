import { afterEach, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { listAccepted, setFaults } from "../support/api";
import { startBenchApp } from "./support/bench-app";
import {
  bench,
  control,
  makeDue,
  finishWithoutWaits,
  createUserApi,
  listTemporaryFiles,
  passTime,
  quick,
  readRows,
  readSentRows,
  endFailures,
} from "./support/bench";
import { check } from "./support/checker";
import { readUsed, sql } from "../support/sql";
import type { FailPoint } from "./support/preload";
import { buildWorker, startWorker } from "./support/start-sweep-worker";

beforeAll(() => Promise.all([buildWorker(), prepareCopies()]));
afterEach(endFailures);

test("a server that dies before its create is sent costs nothing, and the images return to the quota", async () => {
  const dying = await startBenchApp(bench, { APP_URL: bench.appUrl }, { failPoint: "after_reserve" });
  const { user, submit } = await createUserApi(dying);
  await expect(submit({ input: { prompt: "C20 before the create", ...quick } })).rejects.toThrow();
  expect(await readUsed(bench, user.id)).toBe(1);

  await passTime("C20", 130);
  expect(await finishWithoutWaits("C20")).toMatchObject([{ status: "failed", error_code: "provider_unreachable" }]);
  expect(await readUsed(bench, user.id)).toBe(0);
  expect(await listAccepted(bench, "C20")).toHaveLength(0);
  await dying.kill();
});

test("a server that dies before it reads Replicate's answer leaves one prediction, which is recovered", async () => {
  await setFaults(bench, { match: "C21", webhooks: { drop: true } });
  const dying = await startBenchApp(bench, { APP_URL: bench.appUrl }, { failPoint: "after_create" });
  const { submit } = await createUserApi(dying);
  await expect(submit({ input: { prompt: "C21 before the answer", ...quick } })).rejects.toThrow();
  expect((await readRows("C21"))[0]?.replicate_id).toBeNull();

  await passTime("C21", 95);
  expect(await finishWithoutWaits("C21")).toMatchObject([{ saved: true, images: 1 }]);
  expect(await listAccepted(bench, "C21")).toHaveLength(1);
  expect((await check(bench, "C21")).problems).toEqual([]);
  await dying.kill();
});

const moments = {
  after_apply: "when the end is saved",
  mid_download: "half way through a download",
  mid_upload: "half way through an upload",
  after_upload: "before a stored file has its row",
  after_insert: "when a file has its row",
  after_thumbnail: "before the row has its thumbnail",
  before_finish: "before the prediction is marked as saved",
} satisfies { [point in FailPoint]?: string };
const points = Object.keys(moments) as (keyof typeof moments)[];
/**
 * The saves that are interrupted: at each moment (`point`), a save of images and a save of large videos. The bytes of large
 * videos go through a temporary file, unlike those of images. Videos have no thumbnails, so `after_thumbnail` is left out.
 */
const copies = [
  ...points.map((point) => ({ point, kind: "images", words: "" })),
  ...points
    .filter((point) => point !== "after_thumbnail")
    .map((point) => ({ point, kind: "large videos", words: "[as mov] [20 MB]" })),
];
const wordsOf = ({ point, kind }: Pick<(typeof copies)[number], "point" | "kind">) => `K:${point} of ${kind}`;

/**
 * Makes predictions and waits until they have succeeded at Replicate. This function takes their leases, so that the app
 * neither polls nor saves them before their test calls `makeDue`.
 */
async function prepareCopies() {
  await setFaults(bench, { match: "K:", webhooks: { drop: true } });
  const { create } = await createUserApi();
  const prompts = copies.map((copy) => `${wordsOf(copy)} ${copy.words}`);
  const made = Promise.all(prompts.map((prompt) => create({ prompt, num_outputs: 2, ...quick })));
  // The app may respond before it has saved Replicate's response to the create request. This save releases the app's lease and
  // sets the time of the next poll. So the test takes a lease only after the app has released its own lease.
  const free =
    "input ->> 'prompt' like 'K:%' and status = 'starting' and replicate_id is not null and lease_until is null";
  const lease = `lease_token = gen_random_uuid(), lease_until = now() + interval '1 day'`;
  let held = 0;
  const hold = async () => {
    held += (await sql(bench, `update predictions set ${lease} where ${free} returning id`)).length;
    return held === copies.length;
  };
  await Promise.all([made, vi.waitUntil(hold, { timeout: 60_000, interval: 200 })]);
  const isDone = async () => (await listAccepted(bench, "K:")).every(({ status }) => status === "succeeded");
  await vi.waitUntil(isDone, { timeout: 60_000, interval: 200 });
}

for (const copy of copies) {
  const { point, kind } = copy;
  test(`a save of ${kind} whose worker dies ${moments[point]} is finished by the next, once and completely`, async () => {
    const words = wordsOf(copy);
    await control.freeze();
    const worker = await startWorker(bench, point);
    // If the worker does not kill itself, the test kills it. Otherwise the worker would lease the predictions of later tests.
    onTestFinished(() => worker.kill());
    await makeDue(words);
    await worker.ended;
    const isCopying = kind === "large videos" && point !== "after_apply" && point !== "before_finish";
    expect(listTemporaryFiles(worker.pid).length > 0).toBe(isCopying);
    const next = await startWorker(bench);
    onTestFinished(() => next.kill());
    expect(listTemporaryFiles(worker.pid)).toEqual([]);
    await control.thaw();
    await makeDue(words);
    expect(await finishWithoutWaits(words)).toMatchObject([{ saved: true, images: 2 }]);
    expect((await check(bench, words)).problems).toEqual([]);
    const bare = `select 1 from sdxl_images where kind = 'image' and thumb_path is null and prompt like '${words}%'`;
    expect(await sql(bench, bare)).toEqual([]);
  });
}

test("a text whose stream breaks off because its server dies is saved whole", async () => {
  const words = "R1 a long story";
  const dying = await startBenchApp(bench, { APP_URL: bench.appUrl });
  const { ask, create } = await createUserApi(dying);
  const { id } = await create(
    { prompt: `${words} [slow]${", word".repeat(60)}` },
    { model: "meta/meta-llama-3-8b-instruct" },
  );
  await readSentRows(words);
  const stream = (await ask(`/api/replicate/${id}/stream`)).body?.getReader();
  expect((await stream?.read())?.done).toBe(false);
  await dying.kill();
  await expect(readToEnd(stream)).rejects.toThrow();
  expect(await finishWithoutWaits(words)).toMatchObject([{ saved: true, status: "succeeded" }]);
  expect((await check(bench, words)).problems).toEqual([]);
});

async function readToEnd(stream?: ReadableStreamDefaultReader) {
  while (stream && !(await stream.read()).done);
}

import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { listAccepted, setFaults } from "../support/api";
import { startBenchApp } from "./support/bench-app";
import {
  bench,
  control,
  makeDue,
  finishWithoutWaits,
  createUserApi,
  passTime,
  quick,
  readRows,
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

const copying: [FailPoint, string][] = [
  ["after_apply", "when the end is saved"],
  ["mid_upload", "half way through an upload"],
  ["after_upload", "before a stored file has its row"],
  ["after_insert", "before the thumbnail"],
  ["after_thumbnail", "before the row has its thumbnail"],
  ["before_finish", "before the prediction is marked as saved"],
];

/** Makes predictions that have finished at Replicate, and which no sweep saves until their test starts. */
async function prepareCopies() {
  await setFaults(bench, { match: "K:", webhooks: { drop: true } });
  const { create } = await createUserApi();
  await Promise.all(copying.map(([point]) => create({ prompt: `K:${point}`, num_outputs: 2, ...quick })));
  await sql(bench, "update predictions set next_at = now() + interval '1 day' where input ->> 'prompt' like 'K:%'");
  const isDone = async () => (await listAccepted(bench, "K:")).every(({ status }) => status === "succeeded");
  await vi.waitUntil(isDone, { timeout: 20_000, interval: 200 });
}

for (const [point, moment] of copying) {
  test(`a save whose worker dies ${moment} is finished by the next worker, once and completely`, async () => {
    const words = `K:${point}`;
    await control.freeze();
    const worker = await startWorker(bench, point);
    await makeDue(words);
    await worker.ended;
    await control.thaw();
    await makeDue(words);
    expect(await finishWithoutWaits(words)).toMatchObject([{ saved: true, images: 2 }]);
    expect((await check(bench, words)).problems).toEqual([]);
    const bare = "select 1 from sdxl_images where thumb_path is null and prompt = ";
    expect(await sql(bench, `${bare} '${words}'`)).toEqual([]);
  });
}

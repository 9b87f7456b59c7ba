import { afterEach, beforeAll, expect, test } from "vitest";
import { accepted, fault } from "../support/api";
import { startBenchApp } from "../support/bench-app";
import {
  atRest,
  bench,
  control,
  dueNow,
  hurried,
  newPerson,
  passTime,
  quick,
  rowsOf,
  rowsUntil,
  usedBy,
} from "../support/bench";
import { check } from "../support/checker";
import { sql } from "../support/database";
import type { FailPoint } from "../support/preload";
import { buildWorker, startWorker } from "../support/start-worker";

beforeAll(buildWorker);
afterEach(async () => {
  await control.thaw();
  await fault(bench, {});
});

test("a server that dies before its create has left costs nothing, and the day gets its pictures back", async () => {
  const dying = await startBenchApp(bench, { APP_URL: bench.appUrl }, { failPoint: "after_reserve" });
  const { user, submit } = await newPerson(dying);
  await expect(submit({ input: { prompt: "C20 before the create", ...quick } })).rejects.toThrow();
  expect(await usedBy(user.id)).toBe(1);

  await passTime("C20", 130);
  expect(await atRest("C20")).toMatchObject([{ status: "failed", error_code: "provider_unreachable" }]);
  expect(await usedBy(user.id)).toBe(0);
  expect(await accepted(bench, "C20")).toHaveLength(0);
  await dying.kill();
});

test("a server that dies before it has read Replicate's answer leaves one prediction, which is adopted", async () => {
  await fault(bench, { match: "C21", webhooks: { drop: true } });
  const dying = await startBenchApp(bench, { APP_URL: bench.appUrl }, { failPoint: "after_create" });
  const { submit } = await newPerson(dying);
  await expect(submit({ input: { prompt: "C21 before the answer", ...quick } })).rejects.toThrow();
  expect((await rowsOf("C21"))[0]?.replicate_id).toBeNull();

  await passTime("C21", 95);
  await rowsUntil("C21", ([row]) => row?.replicate_id !== null);
  await dueNow("C21");
  expect(await atRest("C21")).toMatchObject([{ saved: true, images: 1 }]);
  expect(await accepted(bench, "C21")).toHaveLength(1);
  expect((await check(bench, "C21")).problems).toEqual([]);
  await dying.kill();
});

const copying: [FailPoint, string][] = [
  ["after_apply", "when the end is known"],
  ["mid_upload", "half way through an upload"],
  ["after_upload", "before a stored file has its row"],
  ["after_insert", "before the thumbnail"],
  ["after_thumbnail", "before the row knows its thumbnail"],
  ["before_finish", "before it is said that all is kept"],
];

for (const [point, moment] of copying) {
  test(`a copy whose worker dies ${moment} is finished by the next, once and whole`, async () => {
    const words = `K:${point}`;
    await fault(bench, { match: words, webhooks: { drop: true } });
    const { create } = await newPerson();
    await create({ prompt: words, num_outputs: 2, ...quick });
    await control.freeze();
    await expect.poll(async () => (await accepted(bench, words))[0]?.status, { timeout: 10_000 }).toBe("succeeded");

    const worker = await startWorker(bench, point);
    await dueNow(words);
    await worker.ended;
    const next = await startWorker(bench);
    await dueNow(words);
    expect(await hurried(words)).toMatchObject([{ saved: true, images: 2 }]);
    await next.kill();
    expect((await check(bench, words)).problems).toEqual([]);
    const bare = "select 1 from sdxl_images where thumb_path is null and prompt = ";
    expect(await sql(bench, `${bare} '${words}'`)).toEqual([]);
  });
}

test("the app itself knows no fail point: only what is loaded before it dies of one", async () => {
  const app = await startBenchApp(bench, { APP_URL: bench.appUrl, FAILPOINT: "after_reserve" });
  const { create } = await newPerson(app);
  await create({ prompt: "K:none", ...quick });
  expect(await atRest("K:none")).toMatchObject([{ saved: true }]);
  await app.kill("SIGTERM");
});

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { listAccepted, createApi, setFaults } from "../support/api";
import {
  waitUntilIdle,
  bench,
  control,
  countCreates,
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
import { readUsed, sql } from "../support/sql";

afterEach(endFailures);

test("while the database refuses, a submit gets 503 and no request goes to Replicate", async () => {
  const { submit } = await createUserApi();
  const before = await countCreates();
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "C65 database down", ...quick } };
  await control.set([{ path: "/rpc/start_prediction", what: { refuse: true } }]);
  const answer = await submit(body, key);
  expect([answer.status, await answer.json()]).toMatchObject([503, { type: "db_unavailable" }]);
  await control.set([]);
  expect(await countCreates()).toBe(before);

  expect((await submit(body, key)).status).toBe(201);
  expect(await waitUntilIdle("C65")).toMatchObject([{ saved: true }]);
  expect(await listAccepted(bench, "C65")).toHaveLength(1);
});

test("an invalid id gets 404 without a database query", async () => {
  const { ask } = await createUserApi();
  await control.set([{ path: "/", what: { refuse: true } }]);
  expect((await ask("/api/replicate/5kq8m2v7n9rma0cattack00001")).status).toBe(404);
  expect((await ask(`/api/replicate/${randomUUID()}`)).status).toBe(503);
});

test("a prediction whose insert lost its response is still made, and counted once", async () => {
  const { user, submit } = await createUserApi();
  await control.set([{ path: "/rpc/start_prediction", count: 1, what: { drop: true } }]);
  expect((await submit({ input: { prompt: "C65 half heard", ...quick } })).status).toBe(201);
  expect(await finishWithoutWaits("C65 half")).toMatchObject([{ saved: true }]);
  expect(await listAccepted(bench, "C65 half")).toHaveLength(1);
  expect(await readUsed(bench, user.id)).toBe(1);
});

test("after a database failure, repeating the key on two instances leads to one prediction", async () => {
  const other = await startBenchApp(bench, { APP_URL: bench.appUrl });
  const { user, submit } = await createUserApi();
  const elsewhere = createApi(other, user);
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "C65 asked again", ...quick } };
  await control.set([
    { path: "/rpc/start_prediction", count: 1, what: { drop: true } },
    { path: "/rpc/queue_prediction", count: 1, what: { refuse: true } },
  ]);
  const first = await submit(body, key);
  expect([first.status, await first.json()]).toMatchObject([503, { type: "db_unavailable" }]);
  const again = await Promise.all(
    Array.from({ length: 10 }, (_, number) => (number % 2 ? submit : elsewhere.submit)(body, key)),
  );
  expect(again.map(({ status }) => status)).toEqual(Array(10).fill(201));
  expect(await waitUntilIdle("C65 asked")).toMatchObject([{ saved: true }]);
  expect(await listAccepted(bench, "C65 asked")).toHaveLength(1);
  expect(await readUsed(bench, user.id)).toBe(1);
  await other.kill("SIGTERM");
});

test("a prediction whose server never learns of its row costs nothing and returns to the quota", async () => {
  const { user, submit } = await createUserApi();
  await control.set([
    { path: "/rpc/start_prediction", count: 1, what: { drop: true } },
    { path: "/rpc/queue_prediction", what: { refuse: true } },
  ]);
  expect((await submit({ input: { prompt: "C65 never heard", ...quick } })).status).toBe(503);
  expect(await listAccepted(bench, "C65 never")).toHaveLength(0);
  await passTime("C65 never", 130);
  expect(await finishWithoutWaits("C65 never")).toMatchObject([
    { status: "failed", error_code: "provider_unreachable" },
  ]);
  expect(await readUsed(bench, user.id)).toBe(0);
});

test("a create that Replicate accepted is recovered when its id could not be saved", async () => {
  const { submit } = await createUserApi();
  await setFaults(bench, { match: "C65 unwritten", webhooks: { drop: true } });
  await control.set([{ path: "/rpc/(apply|release)_prediction", what: { status: 503 } }]);
  await submit({ input: { prompt: "C65 unwritten", ...quick } });
  await control.set([]);
  await passTime("C65 unwritten", 95);
  expect(await finishWithoutWaits("C65 unwritten")).toMatchObject([{ saved: true, images: 1 }]);
  expect(await listAccepted(bench, "C65 unwritten")).toHaveLength(1);
  expect((await check(bench, "C65 unwritten")).problems).toEqual([]);
});

test.each([
  ["stored", { method: "POST", path: "/object/images/.*thumb" }],
  ["recorded", { method: "PATCH", path: "/sdxl_images" }],
])("a thumbnail that could not be %s is made again later", async (what, request) => {
  await control.set([{ ...request, count: 1, what: { status: 503 } }]);
  const { create } = await createUserApi();
  const prompt = `C60 thumbnail not ${what},`;
  await create({ prompt, ...quick });
  expect(await finishWithoutWaits(prompt)).toMatchObject([{ saved: true, images: 1 }]);
  expect(await sql(bench, `select thumb_path is not null as made from sdxl_images where prompt = '${prompt}'`)).toEqual(
    [{ made: true }],
  );
});

test("saving continues after the database was unavailable", { timeout: 120_000 }, async () => {
  const { create } = await createUserApi();
  const prompts = Array.from({ length: 4 }, (_, index) => `C64 away ${index},`);
  await runInParallel(prompts, 4, async (prompt) => void (await create({ prompt, num_outputs: 2, ...quick })));
  await expect
    .poll(async () => (await readRows("C64")).some(({ images }) => images > 0), { interval: 20, timeout: 20_000 })
    .toBe(true);
  await control.down();
  await sleep(size(2_000, 10_000));
  await control.up();
  // The interrupted rows are still leased, for at most two minutes. So the test moves the time on.
  await passTime("C64", 120);
  expect((await finishWithoutWaits("C64")).filter(({ saved }) => saved)).toHaveLength(4);
  expect((await check(bench, "C64")).problems).toEqual([]);
});

test("an instance is not ready without its bucket or database, and ready when they are back", async () => {
  const ready = async () => (await fetch(`${bench.appUrl}/api/health/ready`)).status;
  // The test polls, because the app caches the readiness check for 1.5 s.
  const becomes = async (status: number) => {
    await expect.poll(ready, { timeout: 10_000, interval: 300 }).toBe(status);
  };
  await becomes(200);
  for (const fault of [
    {
      path: "/storage/v1/bucket/images",
      what: { status: 400, answer: { statusCode: "404", message: "Bucket not found" } },
    },
    { path: "/rest/v1/", what: { refuse: true } },
  ] as const) {
    await control.set([fault]);
    await becomes(503);
    await control.set([]);
    await becomes(200);
  }
});

const STORM = size(12, 100);

test(`with many lost requests and responses, ${STORM} predictions end correctly`, { timeout: 600_000 }, async () => {
  const { submit } = await createUserApi();
  const prompts = Array.from({ length: STORM }, (_, index) => `lossy ${index},`);
  await control.set([
    { path: "/(rpc|sdxl_images|storage)", rate: 0.08, what: { drop: true } },
    { path: "/(rpc|sdxl_images|storage)", rate: 0.08, what: { refuse: true } },
  ]);
  await runInParallel(prompts, 6, async (prompt) => {
    const key = { "idempotency-key": prompt.replaceAll(/\W/g, "-") };
    for (let tries = 0; tries < 10; tries += 1) {
      const { status } = await submit({ input: { prompt, ...quick } }, key);
      if (status === 201) return;
    }
  });
  for (let minutes = 0; minutes < 5; minutes += 1) {
    await sleep(1_000);
    await passTime("lossy", 60);
  }
  await control.set([]);
  await passTime("lossy", 120);
  // A request that was already on its way may still have lost its response, and then a row is leased for two more minutes.
  const rows = await finishWithoutWaits("lossy", 240_000);
  expect(rows).toHaveLength(STORM);
  const { problems, counts } = await check(bench, "lossy");
  report(
    "storm",
    `${rows.filter(({ saved }) => saved).length} of ${STORM} saved, the others returned to the quota: ${JSON.stringify(counts)}`,
  );
  expect(problems).toEqual([]);
});

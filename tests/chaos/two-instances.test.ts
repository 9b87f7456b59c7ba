import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, createApi, setFaults, listRequestsAbout } from "../support/api";
import {
  waitUntilIdle,
  bench,
  control,
  makeDue,
  runInParallel,
  createUserApi,
  quick,
  readRows,
  readSentRows,
  waitForRows,
  endFailures,
  numbers,
} from "./support/bench";
import { startBenchApp } from "./support/bench-app";
import { check } from "./support/checker";
import { deliverWebhook, waitForRemoteEnd } from "../support/deliver-webhook";

/** An instance whose clock is five minutes ahead. The instances must use only the database's clock for leases and due times. */
let other: Awaited<ReturnType<typeof startBenchApp>>;

beforeAll(async () => {
  other = await startBenchApp(bench, { APP_URL: bench.appUrl }, { clockShift: 5 * 60_000 });
});
afterEach(endFailures);
afterAll(() => other?.kill("SIGTERM"));

test("an end delivered ten times at once to each of two instances is saved once", async () => {
  await setFaults(bench, { match: "C24 told", webhooks: { drop: true } });
  const { create } = await createUserApi();
  const { id } = await create({ prompt: "C24 told twice", num_outputs: 2, ...quick });
  const [row] = await readSentRows("C24 told");
  const body = await waitForRemoteEnd(bench, row?.replicate_id ?? "");
  const tell = (number: number) =>
    number % 2
      ? deliverWebhook(bench, { prediction: id, body })
      : // The timestamp is five minutes ahead, like the clock of this instance. Otherwise it would be too old.
        deliverWebhook({ ...bench, appUrl: other.appUrl }, { prediction: id, body, shift: 300 });
  const answers = await Promise.all(numbers(20).map(tell));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(await waitUntilIdle("C24 told")).toMatchObject([{ saved: true, images: 2 }]);
  expect((await check(bench, "C24 told")).problems).toEqual([]);
});

test("one key sent to both instances makes one prediction", async () => {
  const { user, submit } = await createUserApi();
  const elsewhere = createApi(other, user);
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "C24 both", ...quick } };
  const answers = await Promise.all(numbers(10).map((number) => (number % 2 ? submit : elsewhere.submit)(body, key)));
  const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Prediction).id));
  expect(new Set(ids).size).toBe(1);
  expect(await listAccepted(bench, "C24 both")).toHaveLength(1);
  await waitUntilIdle("C24 both");
});

test("two sweeps at once read each prediction from Replicate once", async () => {
  await setFaults(bench, { match: "C76", webhooks: { drop: true } });
  const { create } = await createUserApi();
  await runInParallel(
    numbers(6),
    6,
    async (number) => void (await create({ prompt: `C76 swept ${number},`, ...quick })),
  );
  const rows = await readSentRows("C76 swept");
  await Promise.all(rows.map((row) => waitForRemoteEnd(bench, row.replicate_id ?? "")));
  const before = await Promise.all(rows.map(async (row) => (await listReads(row.replicate_id)).length));
  await makeDue("C76 swept");
  const authorization = `Bearer ${bench.env.CRON_SECRET}`;
  const sweeps = [bench, other, bench, other].map((app) =>
    fetch(`${app.appUrl}/api/cron/sweep`, { method: "POST", headers: { authorization } }),
  );
  expect((await Promise.all(sweeps)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await waitUntilIdle("C76 swept")).every(({ saved }) => saved)).toBe(true);
  const after = await Promise.all(rows.map(async (row) => (await listReads(row.replicate_id)).length));
  // The four sweeps together polled each of the six predictions once. The requests of `waitForRemoteEnd` are in `before`, so
  // they are not counted.
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual(Array(6).fill(1));
  expect((await check(bench, "C76 swept")).problems).toEqual([]);
});

test("the work of a paused instance is finished by the other, and only once", { timeout: 60_000 }, async () => {
  await setFaults(bench, { match: "C70", delivery: { delay: 2000 } });
  const { create } = await createUserApi();
  await runInParallel(
    numbers(4),
    4,
    async (number) => void (await create({ prompt: `C70 frozen ${number},`, num_outputs: 2, ...quick })),
  );
  await expect
    .poll(async () => (await readRows("C70")).some(({ status, saved }) => status === "succeeded" && !saved), {
      interval: 50,
      timeout: 20_000,
    })
    .toBe(true);
  await control.freeze();
  await makeDue("C70");
  await expect
    .poll(
      async () =>
        makeDue("C70")
          .then(() => readRows("C70"))
          .then((rows) => rows.every(({ saved }) => saved)),
      {
        timeout: 30_000,
        interval: 3000,
      },
    )
    .toBe(true);
  await control.thaw();
  expect(await waitUntilIdle("C70")).toHaveLength(4);
  expect((await check(bench, "C70")).problems).toEqual([]);
});

test("an upload that hangs loses its lease, and its late end makes no duplicate", async () => {
  const { user, create } = await createUserApi();
  await control.set([{ method: "POST", path: `/object/images/${user.id}/`, count: 1, what: { hold: true } }]);
  await create({ prompt: "C59 hangs", ...quick });
  const isHeld = async () => (await control.seen()).some(({ fault }) => fault && "hold" in fault);
  await expect.poll(isHeld, { timeout: 20_000 }).toBe(true);
  await makeDue("C59");
  await waitForRows("C59", ([row]) => row?.saved === true);
  await control.set([]);
  expect(await waitUntilIdle("C59")).toMatchObject([{ saved: true, images: 1 }]);
  expect((await check(bench, "C59")).problems).toEqual([]);
});

async function listReads(replicateId: string | null) {
  return (await listRequestsAbout(bench, replicateId ?? "")).filter(({ method }) => method === "GET");
}

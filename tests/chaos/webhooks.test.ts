import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { setFaults, readLedger } from "../support/api";
import {
  waitUntilIdle,
  bench,
  control,
  finishWithoutWaits,
  runInParallel,
  createUserApi,
  passTime,
  quick,
  createRandom,
  report,
  readSentRows,
  waitForRows,
  size,
  endFailures,
} from "./support/bench";
import { check } from "./support/checker";
import { deliverWebhook, waitForRemoteEnd, createRemotePrediction } from "../support/deliver-webhook";

afterEach(endFailures);

const PERMUTATIONS = size(5, 1000);
const TIMES = 10;

test(
  `${PERMUTATIONS} predictions get their webhooks up to ${TIMES} times in any order`,
  { timeout: 3_600_000 },
  async () => {
    await setFaults(bench, { match: "R4 shuffled", webhooks: { drop: true } });
    const { create } = await createUserApi();
    const random = createRandom(4);
    const numbers = Array.from({ length: PERMUTATIONS }, (_, index) => index);
    let delivered = 0;
    // Only five run at the same time, so that each ends within ten seconds. After that time, the app would poll.
    await runInParallel(numbers, 5, async (number) => {
      const prompt = `R4 shuffled ${number},`;
      const { id } = await create({ prompt, ...quick });
      const [row] = await readSentRows(prompt);
      const last = await waitForRemoteEnd(bench, row?.replicate_id ?? "");
      const earlier = { output: null, completed_at: null, metrics: null };
      const events = [
        { ...last, ...earlier, status: "starting", started_at: null, logs: "" },
        { ...last, ...earlier, status: "processing", logs: "" },
        { ...last, ...earlier, status: "processing", logs: last.logs.slice(0, 80) },
        { ...last, ...earlier, status: "processing" },
        last,
      ].flatMap((event) => Array.from({ length: 1 + Math.floor(random() * TIMES) }, () => ({ event, at: random() })));
      for (const { event } of events.toSorted((a, b) => a.at - b.at)) {
        expect((await deliverWebhook(bench, { prediction: id, body: event })).status).toBe(200);
        delivered += 1;
      }
    });
    await waitUntilIdle("R4 shuffled", 600_000);
    const { problems, counts, files, predictions } = await check(bench, "R4 shuffled");
    report(
      "R4",
      `${delivered} deliveries in ${PERMUTATIONS} shuffled orders: statuses that went back ${counts.regression}, ` +
        `extra rows ${files - predictions}`,
    );
    expect(problems).toEqual([]);
    expect(files).toBe(PERMUTATIONS);
  },
);

test("duplicate, late and reordered webhooks get 200 and change nothing", async () => {
  await setFaults(bench, { match: "C26", webhooks: { duplicate: 4, reorder: true } });
  const { create, saved, read } = await createUserApi();
  const { id } = await create({ prompt: "C26 late and often", ...quick });
  const stored = await saved(id);
  const [row] = await readSentRows("C26");
  const last = await waitForRemoteEnd(bench, row?.replicate_id ?? "");
  await passTime("C26", 600);
  const before = await read(id);
  for (const body of [
    last,
    { ...last, status: "processing", output: null, completed_at: null },
    { ...last, status: "failed" },
  ]) {
    expect((await deliverWebhook(bench, { prediction: id, body })).status).toBe(200);
  }
  expect(await read(id)).toEqual(before);
  expect(before.images).toEqual(stored.images);
  expect((await check(bench, "C26")).problems).toEqual([]);
});

test("a delivery about an unknown prediction is accepted and ignored", async () => {
  const { create, saved } = await createUserApi();
  const { id } = await create({ prompt: "C36 known", ...quick });
  const foreign = "0123456789abcdefghijklmnop";
  // Another installation with the same Replicate account has the same webhook secret. So these webhooks have a valid
  // signature.
  for (const prediction of [randomUUID(), id, "../account"]) {
    const answer = await deliverWebhook(bench, {
      prediction,
      body: createRemotePrediction(foreign, "failed", { error: "not yours" }),
    });
    expect([answer.status, await answer.json()]).toEqual([200, { received: false }]);
  }
  expect((await saved(id)).error).toBeNull();
  expect((await check(bench, "C36")).problems).toEqual([]);
});

test("when clocks differ by ten minutes, webhooks are refused and the image is still saved", async () => {
  await setFaults(bench, { match: "C33", webhooks: { shift: 600 } });
  const { create } = await createUserApi();
  await create({ prompt: "C33 ahead", ...quick });
  expect(await finishWithoutWaits("C33")).toMatchObject([{ saved: true }]);
  const [row] = await readSentRows("C33");
  const body = createRemotePrediction(row?.replicate_id ?? "", "processing");
  for (const shift of [-600, 600]) {
    const answer = await deliverWebhook(bench, { prediction: row?.id ?? "", body, shift });
    expect([answer.status, await answer.json()]).toMatchObject([401, { type: "timestamp_out_of_range" }]);
  }
});

test("a webhook of 2 MB is refused, and the image is still saved", async () => {
  await setFaults(bench, { match: "C31", webhooks: { pad: 2_000_000 } });
  const { create } = await createUserApi();
  await create({ prompt: "C31 long logs", ...quick });
  const [row] = await finishWithoutWaits("C31");
  expect(row).toMatchObject({ saved: true });
  const sent = (await readLedger(bench)).webhooks.filter(({ prediction }) => prediction === row?.replicate_id);
  expect(new Set(sent.map(({ outcome }) => outcome))).toEqual(new Set(["413"]));
});

test("while the database is unavailable a webhook gets 503, and its repetition is applied", async () => {
  await setFaults(bench, { match: "C30", webhooks: { drop: true } });
  const { create } = await createUserApi();
  const { id } = await create({ prompt: "C30 database down", ...quick });
  const [row] = await readSentRows("C30");
  const body = await waitForRemoteEnd(bench, row?.replicate_id ?? "");
  await control.set([{ path: "/rpc/", what: { refuse: true } }]);
  const answer = await deliverWebhook(bench, { prediction: id, body });
  expect([answer.status, await answer.json()]).toMatchObject([503, { type: "db_unavailable" }]);
  await control.set([]);
  expect((await deliverWebhook(bench, { prediction: id, body })).status).toBe(200);
  expect(await waitForRows("C30", ([found]) => found?.saved === true)).toMatchObject([{ images: 1 }]);
});

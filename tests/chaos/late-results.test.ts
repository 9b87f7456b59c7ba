import { afterEach, expect, test } from "vitest";
import { listAccepted, setFaults } from "../support/api";
import { createRemotePrediction, deliverWebhook, waitForRemoteEnd } from "../support/deliver-webhook";
import { readUsed, sql } from "../support/sql";
import {
  bench,
  createUserApi,
  endFailures,
  makeDue,
  numbers,
  passTime,
  quick,
  readSentRows,
  report,
  runInParallel,
  size,
  waitForRows,
  waitUntilIdle,
} from "./support/bench";
import { check } from "./support/checker";

afterEach(endFailures);

const LOST = size(6, 60);
const POISONED = size(4, 40);

test("results that arrive after we had given up are saved, and counted once", { timeout: 600_000 }, async () => {
  // The response is lost, no webhook arrives, and `created_at` in Replicate's list is too old, so that the app cannot find the
  // prediction.
  const fields = { created_at: "2020-01-01T00:00:00Z" };
  await setFaults(bench, { match: "H1 late", create: { drop: "after" }, webhooks: { drop: true }, fields });
  const { user, create } = await createUserApi();
  await runInParallel(numbers(LOST), 4, async (number) => {
    await create({ prompt: `H1 late ${number},`, ...quick });
  });
  const accepted = await listAccepted(bench, "H1 late");
  const remotes = await Promise.all(accepted.map(({ id }) => waitForRemoteEnd(bench, id)));
  await passTime("H1 late", 125);
  const failed = await waitUntilIdle("H1 late", 300_000);
  expect(failed.map(({ status }) => status)).toEqual(Array(LOST).fill("failed"));
  expect(await readUsed(bench, user.id)).toBe(0);

  // Half of the predictions are reported by a late webhook. The app finds the others in Replicate's list.
  await setFaults(bench, {});
  const rows = await sql<{ id: string; prompt: string }>(
    bench,
    `select id, input ->> 'prompt' as prompt from predictions where user_id = '${user.id}'`,
  );
  for (const { id, prompt } of rows.slice(0, LOST / 2)) {
    const body = remotes[accepted.findIndex(({ input }) => input.prompt === prompt)] ?? {};
    for (let time = 0; time < 3; time += 1) await deliverWebhook(bench, { prediction: id, body });
  }
  await makeDue("H1 late");
  const saved = await waitForRows("H1 late", (all) => all.every((row) => row.saved), 300_000);
  const used = await readUsed(bench, user.id);
  const { problems } = await check(bench, "H1 late");
  report("R30", `${LOST} results after we had given up: ${saved.length} saved, usage ${used}`);
  expect(used).toBe(LOST);
  expect(problems).toEqual([]);
});

test(
  "predictions whose responses cannot be understood end, and do not delay the others",
  { timeout: 600_000 },
  async () => {
    const fields = { id: { no: "text" }, status: ["paused"] };
    await setFaults(bench, { match: "H2 poison", fields, webhooks: { drop: true } });
    const { user, create } = await createUserApi();
    await runInParallel(numbers(POISONED), 4, async (number) => {
      await create({ prompt: `H2 poison ${number},`, ...quick });
      await create({ prompt: `H2 healthy ${number},`, ...quick });
    });
    const poisoned = await readSentRows("H2 poison");
    for (const { id, replicate_id } of poisoned) {
      const body = createRemotePrediction(replicate_id ?? "", "processing", { ...fields, id: replicate_id });
      expect((await deliverWebhook(bench, { prediction: id, body })).status).toBe(200);
    }
    const healthy = await waitUntilIdle("H2 healthy", 120_000);
    expect(healthy.every(({ saved }) => saved)).toBe(true);
    const isEnded = (rows: { status: string }[]) => rows.every(({ status }) => status === "failed");
    const ended = await waitForRows(
      "H2 poison",
      async (rows) => isEnded(rows) || (await makeDue("H2 poison"), false),
      300_000,
    );
    const used = await readUsed(bench, user.id);
    report(
      "R31",
      `${ended.length} predictions with unreadable responses ended; ${healthy.length} others saved, usage ${used}`,
    );
    expect(used).toBe(POISONED);
  },
);

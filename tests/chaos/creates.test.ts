import { randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, setFaults } from "../support/api";
import { readUsed } from "../support/sql";
import {
  waitUntilIdle,
  bench,
  countCreates,
  runInParallel,
  createUserApi,
  passTime,
  quick,
  createRandom,
  report,
  readRows,
  size,
  endFailures,
} from "./support/bench";
import { check } from "./support/checker";

afterEach(endFailures);

const CLICKS = size(3, 200);

test(`${CLICKS} submits, each sent up to 30 times, make ${CLICKS} predictions`, { timeout: 900_000 }, async () => {
  const { submit } = await createUserApi();
  const random = createRandom(2);
  const wishes = Array.from({ length: CLICKS }, (_, index) => ({
    prompt: `R2 click ${index},`,
    key: randomUUID(),
    times: 1 + Math.floor(random() * 30),
  }));
  let sent = 0;
  await runInParallel(wishes, 2, async ({ prompt, key, times }) => {
    const body = { input: { prompt, ...quick } };
    const answers = await Promise.all(Array.from({ length: times }, () => submit(body, { "idempotency-key": key })));
    sent += times;
    const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Prediction).id));
    expect(answers.map(({ status }) => status)).toEqual(Array(times).fill(201));
    expect(new Set(ids).size).toBe(1);
  });
  await waitUntilIdle("R2 click", 300_000);
  const { problems, predictions, remotes } = await check(bench, "R2 click");
  report("R2", `${CLICKS} submissions sent ${sent} times: ${remotes} predictions at Replicate, ${predictions} rows`);
  expect([remotes, predictions]).toEqual([CLICKS, CLICKS]);
  expect(problems).toEqual([]);
});

test("a create that Replicate never received is sent once, given up after two minutes and returned to the quota", async () => {
  await setFaults(bench, [
    { match: "C12", create: { status: 500 } },
    { match: "C16", create: { drop: "before" } },
  ]);
  const { user, create } = await createUserApi();
  const before = await countCreates();
  const made = await Promise.all([
    create({ prompt: "C12 error,", ...quick }),
    create({ prompt: "C16 reset,", ...quick }),
  ]);
  expect(made.map(({ status }) => status)).toEqual(["starting", "starting"]);
  expect(await readUsed(bench, user.id)).toBe(2);
  for (const words of ["C12", "C16"]) {
    await passTime(words, 125);
    expect(await waitUntilIdle(words)).toMatchObject([{ status: "failed", error_code: "provider_unreachable" }]);
  }
  expect(await readUsed(bench, user.id)).toBe(0);
  expect(await countCreates()).toBe(before + 2);
});

test("a lost create is recovered from Replicate's list beyond its first page", async () => {
  // Replicate responds only after the app has given up (12 s). Until then, the same Replicate account gets 120 other
  // predictions.
  await setFaults(bench, { match: "C15 crowded", create: { answer_delay: 13_000 }, webhooks: { drop: true } });
  const { create } = await createUserApi();
  const made = create({ prompt: "C15 crowded", ...quick });
  await expect.poll(() => listAccepted(bench, "C15 crowded")).toHaveLength(1);
  await runInParallel(Array.from({ length: 120 }), 8, async () => expect((await createElsewhere()).status).toBe(201));
  await made;
  expect(await waitUntilIdle("C15 crowded")).toMatchObject([{ status: "succeeded", saved: true }]);
  expect((await check(bench, "C15 crowded")).problems).toEqual([]);
});

/** Creates a prediction in the same Replicate account, but not through the app. */
function createElsewhere() {
  const { REPLICATE_API_BASE_URL, REPLICATE_API_TOKEN } = bench.env;
  return fetch(`${REPLICATE_API_BASE_URL}/models/black-forest-labs/flux-schnell/predictions`, {
    method: "POST",
    headers: { authorization: `Bearer ${REPLICATE_API_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ input: { prompt: "another client's [fail]" } }),
  });
}

const QUEUED = size(14, 50);

test(`${QUEUED} submits at ten creates a minute are all sent`, { timeout: 300_000 }, async () => {
  // At this clock rate, a minute of the sandbox takes six seconds. Even a busy machine submits all requests in this time, so
  // some must wait.
  await setFaults(bench, { clock: 10, limits: { per_minute: 10 } });
  const { submit } = await createUserApi();
  const prompts = Array.from({ length: QUEUED }, (_, index) => `C11 crowd ${index},`);
  await runInParallel(prompts, 10, async (prompt) =>
    expect((await submit({ input: { prompt, ...quick } })).status).toBe(201),
  );
  const waiting = (await readRows("C11 crowd")).filter(({ status }) => status === "queued").length;
  const rows = await waitUntilIdle("C11 crowd", 240_000);
  expect(waiting).toBeGreaterThan(0);
  expect(rows.filter(({ saved }) => saved)).toHaveLength(QUEUED);
  expect(await listAccepted(bench, "C11 crowd")).toHaveLength(QUEUED);
  expect((await check(bench, "C11 crowd")).problems).toEqual([]);
});

import { afterEach, expect, inject, onTestFinished, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { startAnotherApp } from "../support/another-app";
import { listAccepted, createApi, setFaults, readLedger } from "../support/api";
import { size } from "../support/form";
import { createUser } from "../support/users";

const stack = inject("stack");
const quick = { num_inference_steps: 1, width: 64, height: 64 };
/**
 * How many requests are sent. This must be a multiple of ten, because Replicate accepts ten requests a minute in this test.
 * PGlite runs only one statement at a time, so with more requests, the check of a sign-in could take longer than five seconds.
 */
const MANY = process.env.SANDBOX_DATABASE_URL ? size(20, 50) : 20;

afterEach(() => setFaults(stack, {}));

test("with ten creates a minute at Replicate, all of many requests are queued, visible and sent", async () => {
  const app = await startAnotherApp(stack, { MAX_IN_FLIGHT_PER_USER: "50" });
  onTestFinished(() => app.stop());
  const api = createApi(app, await createUser(stack));
  // At this clock rate a minute of the sandbox takes two seconds.
  await setFaults(stack, { clock: 30, limits: { per_minute: 10 } });
  const sent = async () => (await readLedger(stack)).counts["POST /v1/predictions"] ?? 0;
  const before = await sent();

  const answers = await Promise.all(
    Array.from({ length: MANY }, (_, n) => api.submit({ input: { prompt: `one of many, ${n}.`, ...quick } })),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
  const made = await Promise.all(answers.map(async (answer) => (await answer.json()) as Prediction));
  // If the database is slow, the app responds with `starting` before it sets the status to `queued`.
  const known = await Promise.all(made.map(({ id }) => api.until(id, ({ status }) => status !== "starting")));
  const queued = known.filter(({ status }) => status === "queued");
  expect(queued.length).toBeGreaterThan(0);
  for (const { created_at, queued_until } of queued) {
    expect(Date.parse(queued_until ?? "")).toBeGreaterThan(Date.parse(created_at));
  }

  const ended = await Promise.all(made.map(({ id }) => api.ended(id, 60_000)));
  expect(ended.filter(({ images }) => images.length === 1)).toHaveLength(MANY);
  const remote = await listAccepted(stack, "one of many,");
  expect(remote).toHaveLength(MANY);
  expect(new Set(remote.map(({ input }) => input.prompt)).size).toBe(MANY);
  // Replicate accepts ten requests a minute. So 50 predictions need rounds of 50, 40, 30, 20 and 10 requests. Twice as many
  // are allowed, because a new minute may begin during a round.
  expect((await sent()) - before).toBeLessThanOrEqual(MANY * (MANY / 10 + 1));
}, 120_000);

test("polls that Replicate throttles wait only as long as it says", async () => {
  const app = await startAnotherApp(stack, { MAX_IN_FLIGHT_PER_USER: "20", REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
  onTestFinished(() => app.stop());
  const api = createApi(app, await createUser(stack));
  const count = size(5, 10);
  // Replicate refuses about six polls of each prediction with a 429.
  await setFaults(stack, { match: "in turn", get: { status: 429, retry_after: 1, count: 6 * count } });
  const input = (n: number) => ({ prompt: `in turn ${n}`, ...quick });
  const made = await Promise.all(Array.from({ length: count }, (_, n) => api.create(input(n))));
  const start = Date.now();
  const ended = await Promise.all(made.map(({ id }) => api.ended(id, 60_000)));
  expect(ended.filter(({ status }) => status === "succeeded")).toHaveLength(count);
  // Each prediction needs about seven polls, a second or more apart. With pauses that double, this would take about a minute.
  expect(Date.now() - start).toBeLessThan(30_000);
});

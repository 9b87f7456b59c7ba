import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { waitUntilIdle, bench, createUserApi, quick, endFailures } from "./support/bench";
import { startBenchApp } from "./support/bench-app";
import { check } from "./support/checker";
import { readUsed, sql } from "../support/sql";
import { deliverWebhook, createRemotePrediction } from "../support/deliver-webhook";

const old = bench.env.REPLICATE_WEBHOOK_SIGNING_SECRET ?? "";
const next = `whsec_${Buffer.from("the secret of tomorrow").toString("base64")}`;
let app: Awaited<ReturnType<typeof startBenchApp>>;

beforeAll(async () => {
  app = await startBenchApp(bench, {
    REPLICATE_WEBHOOK_SIGNING_SECRET: `${next} ${old}`,
    DAILY_IMAGES_PER_USER: "10",
    FAILPOINT: "after_reserve",
  });
});
afterEach(endFailures);
afterAll(() => app?.kill("SIGTERM"));

test("the app itself has no fail points: only the preload script adds them", async () => {
  const { create } = await createUserApi(app);
  await create({ prompt: "K:none", ...quick });
  expect(await waitUntilIdle("K:none")).toMatchObject([{ saved: true }]);
});

test("during a rotation of the secret, deliveries signed with either secret are accepted", async () => {
  const body = createRemotePrediction("0123456789abcdefghijklmnop", "processing");
  for (const [secret, status] of [
    [old, 200],
    [next, 200],
    [`whsec_${Buffer.from("guess").toString("base64")}`, 401],
  ] as const) {
    expect(
      (await deliverWebhook({ ...bench, appUrl: app.appUrl }, { prediction: randomUUID(), body, secret })).status,
    ).toBe(status);
  }
  await setFaults(bench, { match: "C34", webhooks: { extra_signatures: 2 } });
  const { create, saved } = await createUserApi(app);
  const start = Date.now();
  await saved((await create({ prompt: "C34 rotated", ...quick })).id);
  // The app got the result from a webhook, because with webhooks it polls only after ten seconds.
  expect(Date.now() - start).toBeLessThan(9_000);
});

test("near the end of the quota, refused predictions that return at once leave the count exact", async () => {
  const { user, submit } = await createUserApi();
  const { submit: submitStrictly } = createApi(app, user);
  await setFaults(bench, { match: "C78 refused", create: { status: 422 } });
  await submit({ input: { prompt: "C78 first,", ...quick } });
  const prompts = Array.from({ length: 50 }, (_, index) => `C78 ${index % 2 ? "refused" : "taken"} ${index},`);
  const statuses = await Promise.all(
    prompts.map(async (prompt) => (await submitStrictly({ input: { prompt, ...quick } })).status),
  );
  expect(new Set(statuses)).toEqual(new Set([201, 422, 429]));
  const taken = statuses.filter((status) => status === 201).length;
  expect(await readUsed(bench, user.id)).toBe(taken + 1);
  expect(await sql(bench, `select most <= 10 as within from bench.usage where user_id = '${user.id}'`)).toEqual([
    { within: true },
  ]);
  await waitUntilIdle("C78 taken");
  expect((await check(bench, "C78")).problems).toEqual([]);
});

import { createHmac, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, listRequestsAbout } from "../../support/api";
import {
  waitUntilIdle,
  bench,
  createUserApi,
  isPglite,
  passTime,
  quick,
  report,
  readRows,
  runInParallel,
  waitForRows,
  size,
  numbers,
} from "../support/bench";
import { quantile } from "../../support/quantile";
import { check } from "../support/checker";

export const faults = [
  { match: "R5", webhooks: { drop: true } },
  { match: "C8", cancel: { race: true } },
];

const UNHEARD = isPglite ? size(6, 25) : size(6, 100);
const CLOSED = UNHEARD;
/**
 * How many create requests are sent at the same time. With more, the app could not check the sessions of the other tests
 * within five seconds.
 */
const AT_ONCE = 10;
const long = { timeout: 300_000 };
test.concurrent(
  `with every webhook lost, ${UNHEARD} of ${UNHEARD} images are saved soon after they are ready`,
  long,
  async () => {
    const { create } = await createUserApi();
    await runInParallel(numbers(UNHEARD), AT_ONCE, async (index) => {
      await create({ prompt: `R5 unheard ${index},`, ...quick });
    });
    const rows = await waitUntilIdle("R5 unheard", 240_000);
    const delays = rows.map(({ delay }) => delay ?? Infinity);
    report(
      "R5",
      `no webhook at all: saved ${rows.filter(({ saved }) => saved).length} of ${UNHEARD}, p95 ${quantile(delays, 0.95).toFixed(1)} s after completion`,
    );
    expect(quantile(delays, 0.95)).toBeLessThanOrEqual(45);
    expect(rows.filter(({ saved }) => saved)).toHaveLength(UNHEARD);
    expect((await check(bench, "R5 unheard")).problems).toEqual([]);
  },
);

test.concurrent(`with every tab closed after the submit, ${CLOSED} of ${CLOSED} images are saved`, long, async () => {
  const { create } = await createUserApi();
  await runInParallel(numbers(CLOSED), AT_ONCE, async (index) => {
    await create({ prompt: `R6 closed ${index},`, ...quick });
  });
  const rows = await waitUntilIdle("R6 closed", 240_000);
  report("R6", `no browser: saved ${rows.filter(({ saved }) => saved).length} of ${CLOSED}`);
  expect(rows.every(({ saved }) => saved)).toBe(true);
  expect((await check(bench, "R6 closed")).problems).toEqual([]);
});

test.concurrent("the image of a tab that closes before the response is in the history", long, async () => {
  const { submit, ask } = await createUserApi();
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "C1 gone", ...quick } };
  const leaving = new AbortController();
  const unread = ask("/api/replicate", {
    method: "POST",
    body: JSON.stringify(body),
    signal: leaving.signal,
    headers: {
      "content-type": "application/json",
      ...key,
    },
  });
  await waitForRows("C1 gone", (rows) => rows.length === 1);
  leaving.abort();
  await unread.catch(() => {});
  const [row] = await waitUntilIdle("C1 gone");
  const { results } = (await (await ask("/api/replicate")).json()) as { results: Prediction[] };
  expect(results).toMatchObject([{ id: row?.id, images: [{ position: 0 }] }]);
  expect(((await (await submit(body, key)).json()) as Prediction).id).toBe(row?.id);
  expect(await listAccepted(bench, "C1 gone")).toHaveLength(1);
});

test.concurrent("ten tabs that poll four times a second cost Replicate no more than one", long, async () => {
  const { create, read } = await createUserApi();
  const { id } = await create({ prompt: "C6 tabs", ...quick, num_inference_steps: 40 });
  for (let turn = 0; turn < 8; turn += 1) await Promise.all([...numbers(10).map(() => read(id)), sleep(250)]);
  await waitUntilIdle("C6 tabs");
  const [row] = await readRows("C6 tabs");
  const asked = await listRequestsAbout(bench, row?.replicate_id ?? "");
  expect(asked.filter(({ method }) => method === "GET").length).toBeLessThanOrEqual(1);
});

test.concurrent("after two hours a read gets the saved end without a request to Replicate", long, async () => {
  const { create, saved, read } = await createUserApi();
  const stored = await saved((await create({ prompt: "C7 later", ...quick })).id);
  await passTime("C7 later", 7200);
  const [row] = await readRows("C7 later");
  const before = await listRequestsAbout(bench, row?.replicate_id ?? "");
  expect(await read(stored.id)).toMatchObject({ status: "succeeded", images: stored.images });
  expect(await listRequestsAbout(bench, row?.replicate_id ?? "")).toEqual(before);
});

test.concurrent(
  "a cancel that races with the end leaves one end state, and the image if there is one",
  long,
  async () => {
    const { create, ask, until } = await createUserApi();
    const { id } = await create({ prompt: "C8 race [slow]", ...quick });
    await until(id, ({ status }) => status === "processing");
    await ask(`/api/replicate/${id}`, { method: "DELETE" });
    expect(await waitUntilIdle("C8 race")).toMatchObject([{ status: "succeeded", saved: true, images: 1 }]);
    expect((await check(bench, "C8 race")).problems).toEqual([]);
  },
);

test.concurrent("a session that expires while its page waits gets 401, and the image is saved", long, async () => {
  const { user, create } = await createUserApi();
  const { id } = await create({ prompt: "C10 signed out", ...quick, num_inference_steps: 20 });
  const headers = { authorization: `Bearer ${expireToken(user.accessToken, 15)}` };
  const poll = () => fetch(`${bench.appUrl}/api/replicate/${id}`, { headers });
  expect((await poll()).status).toBe(200);
  await expect.poll(async () => (await poll()).status, { timeout: 60_000, interval: 500 }).toBe(401);
  expect(await (await poll()).json()).toMatchObject({ type: "unauthenticated", status: 401 });
  expect(await waitUntilIdle("C10 signed out")).toMatchObject([{ saved: true }]);
});

/** Returns the access token, changed so that it expires in this many seconds. */
function expireToken(token: string, seconds: number) {
  const { jwtSecret } = JSON.parse(readFileSync(join(bench.dir, "secrets.json"), "utf8")) as { jwtSecret: string };
  const [head, payload = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const changed = { ...claims, exp: Math.floor(Date.now() / 1000) + seconds };
  const signed = `${head}.${Buffer.from(JSON.stringify(changed)).toString("base64url")}`;
  return `${signed}.${createHmac("sha256", jwtSecret).update(signed).digest("base64url")}`;
}

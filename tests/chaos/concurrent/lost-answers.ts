import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, listRequestsAbout } from "../../support/api";
import { readUsed } from "../../support/sql";
import { waitUntilIdle, bench, createUserApi, isPglite, quick, report, waitForRows, size } from "../support/bench";
import { check } from "../support/checker";

/** How late Replicate responds (ms). The app gives up after 12 s. */
const TOO_LONG = 30_000;
const UNCLEAR = isPglite ? size(9, 15) : size(9, 50);
const KINDS = ["reset", "gateway", "hang"] as const;

export const faults = [
  { match: "silent", webhooks: { drop: true } },
  { match: "R3 reset", create: { drop: "after" } },
  { match: "R3 gateway", create: { status: 502, accepted: true } },
  { match: "R3 hang", create: { answer_delay: TOO_LONG } },
  { match: "C4 patience", create: { delay: size(3_000, 20_000) } },
  { match: "C11 seven", create: { status: 429, retry_after: 7, count: 1 } },
  { match: "C13", create: { status: 504, accepted: true } },
  { match: "C18", create: { status: 401 } },
  { match: "C19", create: { already_succeeded: true } },
  { match: "C22 huge", create: { body: "huge" } },
  { match: "C22 nameless", create: { body: "no_id" } },
];

const long = { timeout: 240_000 };

test.concurrent(`${UNCLEAR} creates without a response are recovered and none is repeated`, long, async () => {
  const { submit } = await createUserApi();
  const start = Date.now();
  const slowest = await Promise.all(
    Array.from({ length: UNCLEAR }, async (_, index) => {
      const prompt = `R3 ${KINDS[index % 3]} ${index % 2 ? "silent " : ""}${index},`;
      const answer = await submit({ input: { prompt, ...quick } });
      expect(answer.status).toBe(201);
      return Date.now() - start;
    }),
  );
  const rows = await waitForRows("R3 ", (found) => found.every((row) => row.replicate_id !== null), 120_000);
  const seconds = (Date.now() - start) / 1000;
  const calls = (await listAccepted(bench, "R3 ")).length;
  const adopted = rows.filter((row) => row.replicate_id !== null).length;
  report(
    "R3",
    `${UNCLEAR} creates without a response: ${calls} predictions at Replicate, ${adopted} recovered within ${seconds.toFixed(0)} s`,
  );
  expect([calls, adopted]).toEqual([UNCLEAR, UNCLEAR]);
  // The app responds to these submits without the late response of Replicate: after about 13 s, or later on a busy machine.
  expect(Math.max(...slowest)).toBeLessThan(TOO_LONG);
  await waitUntilIdle("R3 ", 120_000);
  expect((await check(bench, "R3 ")).problems).toEqual([]);
});

test.concurrent("a client that stops waiting and repeats the key gets the same prediction", long, async () => {
  const { submit } = await createUserApi();
  const body = { input: { prompt: "C4 patience", ...quick } };
  const key = { "idempotency-key": randomUUID() };
  const first = submit(body, key);
  const [row] = await waitForRows("C4 patience", (rows) => rows.length === 1);
  const again = await submit(body, key);
  expect(again.status).toBe(201);
  expect(((await again.json()) as Prediction).id).toBe(row?.id);
  await first;
  expect(await waitUntilIdle("C4 patience", 120_000)).toMatchObject([{ saved: true }]);
  expect(await listAccepted(bench, "C4 patience")).toHaveLength(1);
});

test.concurrent("after Retry-After: 7 the create is repeated once, seven seconds later", long, async () => {
  const { create } = await createUserApi();
  const start = Date.now();
  await create({ prompt: "C11 seven", ...quick });
  // The app may respond before it has set the status to `queued`.
  await waitForRows("C11 seven", ([row]) => row?.status === "queued");
  await waitForRows("C11 seven", ([row]) => row?.replicate_id !== null);
  expect(Date.now() - start).toBeGreaterThanOrEqual(6_900);
  expect(await waitUntilIdle("C11 seven")).toMatchObject([{ saved: true }]);
  expect(await listAccepted(bench, "C11 seven")).toHaveLength(1);
});

test.concurrent(
  "a token that Replicate refuses is a provider error, and the images return to the quota",
  long,
  async () => {
    const { user, submit } = await createUserApi();
    const answer = await submit({ input: { prompt: "C18 no token", ...quick } });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ type: "provider_unavailable" });
    // The app may respond before it has set the status to `failed`.
    expect(await waitUntilIdle("C18")).toMatchObject([
      { status: "failed", error_code: "provider_refused", due: false },
    ]);
    expect(await readUsed(bench, user.id)).toBe(0);
  },
);

test.concurrent("a prediction that has succeeded in the create's response is saved at once", long, async () => {
  const { create } = await createUserApi();
  await create({ prompt: "C19 at once silent", ...quick });
  const [row] = await waitUntilIdle("C19");
  expect(row).toMatchObject({ saved: true, images: 1 });
  // Replicate got only the create request. There was no webhook and no poll: the app read the final status from the response.
  const asked = await listRequestsAbout(bench, row?.replicate_id ?? "");
  expect(asked.map(({ method }) => method)).toEqual(["POST"]);
});

for (const words of ["C13 after acceptance", "C22 huge", "C22 nameless silent"]) {
  test.concurrent(`one prediction results: ${words}`, long, async () => {
    const { create } = await createUserApi();
    await create({ prompt: words, ...quick });
    expect(await waitUntilIdle(words, 120_000)).toMatchObject([{ saved: true, images: 1 }]);
    expect(await listAccepted(bench, words)).toHaveLength(1);
    expect((await check(bench, words)).problems).toEqual([]);
  });
}

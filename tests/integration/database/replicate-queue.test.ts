import { afterEach, beforeAll, expect, inject, test } from "vitest";
import { startRow } from "../../support/rows";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
let user: User;

beforeAll(async () => {
  user = await createUser(stack);
});
// Deletes the predictions of the tests, so that no sweep advances them. They were never sent to Replicate.
afterEach(() => sql(stack, `delete from replicate_queue; delete from predictions where user_id = '${user.id}'`));

type Row = { id: string; status: string; attempts: number; sent_at: string | null; next_at: string };
/** Starts a prediction, and returns its id, which is also the token of its first lease. */
const start = () => startRow(stack, user);

async function change(name: string, id: string, more: object): Promise<Row> {
  const { data } = await service.rpc(name, { p_id: id, p_lease: id, ...more }).throwOnError();
  return (data as Row[])[0]!;
}

const throttleCreate = async (wait: number) =>
  change("queue_prediction", await start(), { p_next_in: wait, p_throttled: true });
const throttlePoll = async (wait: number) => change("throttle_prediction", await start(), { p_wait: wait });
/** Returns the times between the turns (`next_at`) of the rows (ms). */
const gaps = (rows: Row[]) => rows.slice(1).map((row, index) => time(row) - time(rows[index]!));
const time = ({ next_at }: Row) => Date.parse(next_at);

test("throttled creates get turns 110 ms apart, not before Replicate accepts requests again", async () => {
  const before = Date.now();
  const rows = [await throttleCreate(60), await throttleCreate(60), await throttleCreate(60)];
  expect(time(rows[0]!)).toBeGreaterThanOrEqual(before + 59_900);
  for (const gap of gaps(rows)) expect(gap).toBeGreaterThanOrEqual(110);
  // All three turns are about 60 seconds from now. The third row does not wait for 60 seconds after the turn of the second
  // row.
  expect(time(rows[2]!)).toBeLessThan(Date.now() + 61_000);
  expect(rows[0]).toMatchObject({ status: "queued", sent_at: null, attempts: 0 });
});

test("throttled creates and polls wait in one queue, and a poll counts no attempt", async () => {
  const creates = [await throttleCreate(5), await throttleCreate(5)];
  const polls = [await throttlePoll(1), await throttlePoll(1)];
  expect(gaps([creates[1]!, ...polls, await throttleCreate(1)])).toEqual([110, 110, 110]);
  expect(polls[0]).toMatchObject({ status: "starting", attempts: 0 });
});

test("polls do not wait for creates that are throttled by a limit of their own", async () => {
  const create = await throttleCreate(300);
  const poll = await throttlePoll(1);
  expect(time(poll)).toBeLessThan(time(create) - 280_000);
});

test("a create waits at most ten seconds for throttled polls", async () => {
  const poll = await throttlePoll(60);
  const create = await throttleCreate(1);
  expect(time(create)).toBeLessThan(time(poll) - 48_000);
});

test("one very long wait does not stop the requests of others", async () => {
  expect(time(await throttlePoll(3600))).toBeLessThan(Date.now() + 62_000);
  expect(time(await throttleCreate(3600))).toBeLessThan(Date.now() + 302_000);
  expect(time(await throttlePoll(1))).toBeLessThan(Date.now() + 62_000);
});

test("while polls are throttled, the next poll of a running prediction is at the end of the queue", async () => {
  const poll = async (more = {}) => {
    const p_update = { status: "processing", replicate_id: crypto.randomUUID() };
    return change("update_prediction", await start(), { p_update, p_next_in: 0.1, ...more });
  };
  expect(time(await poll())).toBeLessThan(Date.now() + 1_000);
  const throttled = await throttlePoll(30);
  expect(time(await poll()) - time(throttled)).toBe(110);
  // An update from a webhook has no lease. It sends no request to Replicate, so it needs no turn.
  expect(time(await poll({ p_lease: null }))).toBeLessThan(Date.now() + 1_000);
  expect(time(await poll({ p_next_in: 600 })) - time(throttled)).toBeGreaterThan(500_000);
});

import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { startOutcome } from "../../support/rows";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
let user: User;

// The user is blocked, because the events of a blocked user are not sent. So the events stay in the table during the tests.
beforeAll(async () => {
  user = await createUser(stack);
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${user.id}', now())`);
});

type Row = { kind: string; state: Record<string, unknown> };

/**
 * Inserts a prediction with a webhook. `events` is the filter of its events. Returns functions that update the prediction and
 * read its events.
 */
async function insert(events: string[] | null = null, webhook: string | null = "https://receiver.example/hook?id=1") {
  const id = randomUUID();
  const columns = { id, user_id: user.id, idempotency_key: id, request_hash: "h", model: "a/b", input: {} };
  await service
    .from("predictions")
    .insert({ ...columns, next_at: "2100-01-01", webhook, webhook_events: events })
    .throwOnError();
  const update = (p_update: object) =>
    service
      .rpc("update_prediction", {
        p_id: id,
        p_lease: null,
        p_update: { replicate_id: id, ...p_update },
        p_next_in: 3600,
      })
      .throwOnError();
  const read = () =>
    sql<Row>(stack, `select kind, state from webhook_events where prediction_id = '${id}' order by position`);
  const list = async () =>
    (await read()).map(({ kind, state: { status, logs, output } }) => ({ kind, status, logs, output }));
  return { id, update, read, list };
}

const started_at = "2026-11-21T14:32:08Z";
const running = { status: "processing", started_at };
const file = "https://replicate.delivery/out.png";
const ended = {
  status: "succeeded",
  started_at,
  logs: "ab",
  output: [file],
  file_count: 1,
  metrics: { predict_time: 1 },
};

describe("a prediction with a webhook", () => {
  test("has an event for its start, its progress and its end, in this order", async () => {
    const { update, list } = await insert();
    await update(running);
    await update({ ...running, logs: "a" });
    await update(ended);
    expect(await list()).toEqual([
      { kind: "start", status: "processing", logs: "", output: null },
      { kind: "progress", status: "processing", logs: "ab", output: [file] },
      { kind: "completed", status: "succeeded", logs: "ab", output: [file] },
    ]);
  });

  test("has all events even if the first news of it is its end", async () => {
    const { update, read } = await insert();
    await update(ended);
    const rows = await read();
    expect(rows.map(({ kind }) => kind)).toEqual(["start", "progress", "completed"]);
    expect(rows.map(({ state }) => [state.status, state.completed_at === null, state.metrics])).toEqual([
      ["processing", true, null],
      ["processing", true, null],
      ["succeeded", false, { predict_time: 1 }],
    ]);
  });

  test("has no more than one event for progress that no attempt was made to send", async () => {
    const { id, update, list } = await insert();
    await update(running);
    for (const logs of ["a", "ab", "abc"]) await update({ ...running, logs });
    expect(await list()).toMatchObject([{ kind: "start" }, { kind: "progress", logs: "abc" }]);
    // After an attempt to send an event, or while it is leased, later progress does not change the event but adds a new one.
    await sql(stack, `update webhook_events set attempts = 1 where prediction_id = '${id}'`);
    await update({ ...running, logs: "abcd" });
    await update({ ...running, logs: "abcde" });
    expect((await list()).map(({ logs }) => logs)).toEqual(["", "abc", "abcde"]);
    await sql(stack, `update webhook_events set lease_token = id where prediction_id = '${id}'`);
    await update({ ...running, logs: "abcdef" });
    expect((await list()).map(({ logs }) => logs)).toEqual(["", "abc", "abcde", "abcdef"]);
  });

  test("has no event for a late update, for its lease and for the saving of its files", async () => {
    const { id, update, list } = await insert();
    await update(ended);
    const before = await list();
    await update(running);
    await sql(
      stack,
      `update predictions set lease_token = id, saved_at = now(), output = '["saved"]' where id = '${id}'`,
    );
    expect(await list()).toEqual(before);
  });

  test("that is canceled before it runs has one event", async () => {
    const { update, list } = await insert();
    await update({ status: "canceled" });
    expect(await list()).toMatchObject([{ kind: "completed", status: "canceled" }]);
  });

  test("keeps the order of the keys of its output", async () => {
    const { update, read } = await insert();
    await update({ ...ended, output: { z: 1, an: 2, b: 3 } });
    expect((await read()).map(({ state }) => Object.keys(state.output ?? {}))).toEqual([
      [],
      ["z", "an", "b"],
      ["z", "an", "b"],
    ]);
  });

  test("whose provisional failure is replaced has an event for both ends", async () => {
    const { update, list } = await insert(["completed"]);
    await update({ status: "failed", provisional: true, error: "No result yet." });
    await update(ended);
    expect((await list()).map(({ status }) => status)).toEqual(["failed", "succeeded"]);
  });

  test("takes its events with it when it is deleted", async () => {
    const { id, update, list } = await insert();
    await update(ended);
    await sql(stack, `delete from predictions where id = '${id}'`);
    expect(await list()).toEqual([]);
  });
});

test.each([
  [["start"], ["start"]],
  [["output"], ["progress"]],
  [["logs"], ["progress"]],
  [["completed"], ["completed"]],
  [
    ["logs", "completed"],
    ["progress", "completed"],
  ],
  [[], []],
])("the filter %j lets these events through: %j", async (filter, kinds) => {
  const { update, list } = await insert(filter);
  await update(running);
  await update(ended);
  expect((await list()).map(({ kind }) => kind)).toEqual(kinds);
});

test("the filter for output ignores new logs, and the other way round", async () => {
  const output = await insert(["output"]);
  await output.update({ ...running, logs: "a" });
  const logs = await insert(["logs"]);
  await logs.update({ ...running, output: "text", file_count: 0 });
  expect([await output.list(), await logs.list()]).toEqual([[], []]);
});

test("a prediction without a webhook has no events", async () => {
  const { update, list } = await insert(null, null);
  await update(running);
  await update(ended);
  expect(await list()).toEqual([]);
});

test("the running predictions of a user name at most ten hosts, also when they are started at the same time", async () => {
  const other = await createUser(stack);
  const start = (host: string) => startOutcome(stack, other, { webhook: `https://${host}/hook` });
  const hosts = Array.from({ length: 15 }, (_, number) => `host-${number}.example`);
  const outcomes = await Promise.all(hosts.map(start));
  expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === "webhook_limit")).toHaveLength(5);
  expect(await start(hosts[outcomes.indexOf("created")] ?? "")).toBe("created");
  expect(await startOutcome(stack, other)).toBe("created");
});

import { afterAll, beforeAll, expect, inject, test } from "vitest";
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
afterAll(() => sql(stack, `delete from predictions where user_id = '${user.id}'`));

type State = {
  id: string;
  replicate_id: string | null;
  status: string;
  provisional: boolean;
  counted_images: number;
  next_at: string | null;
  output_expires_at: string | null;
};

/** Applies updates to a new prediction of two images, and returns its row after each update. */
async function applyAll(updates: object[], { owner = user, age = "0 seconds" } = {}): Promise<State[]> {
  const id = await startRow(stack, owner, 2);
  await sql(stack, `update predictions set sent_at = now() - interval '${age}' where id = '${id}'`);
  const rows: State[] = [];
  for (const update of updates) {
    const parameters = { p_id: id, p_lease: null, p_update: update, p_next_in: 60 };
    const { data } = await service.rpc("update_prediction", parameters).throwOnError();
    rows.push((data as State[])[0]!);
  }
  return rows;
}

const remote = `r${crypto.randomUUID()}`;
const told = (status: string, more: object = {}) => ({ status, replicate_id: remote, ...more });
const gaveUp = { status: "failed", provisional: true, error: "No response.", error_code: "provider_unreachable" };
const succeeded = told("succeeded", { file_count: 2, output: ["https://replicate.delivery/a.png"] });

test.each<[string, object[], string[], number[]]>([
  ["a later success replaces it", [gaveUp, succeeded], ["failed?", "succeeded"], [0, 2]],
  ["a later failure replaces it", [gaveUp, told("failed")], ["failed?", "failed"], [0, 0]],
  ["a running status reopens it", [gaveUp, told("processing")], ["failed?", "processing"], [0, 2]],
  [
    "a reopened prediction ends as any other",
    [gaveUp, told("processing"), told("failed"), succeeded],
    ["failed?", "processing", "failed", "failed"],
    [0, 2, 2, 2],
  ],
  ["we give up twice", [gaveUp, gaveUp], ["failed?", "failed?"], [0, 0]],
  [
    "the id is known",
    [told("starting"), { ...gaveUp, replicate_id: remote }, succeeded],
    ["starting", "failed?", "succeeded"],
    [2, 0, 2],
  ],
  [
    "it had run",
    [told("processing"), { ...gaveUp, replicate_id: remote }, told("canceled")],
    ["processing", "failed?", "canceled"],
    [2, 2, 2],
  ],
  ["Replicate's own end never changes", [told("failed"), succeeded, gaveUp], ["failed", "failed", "failed"], [0, 0, 0]],
  ["a success never changes", [succeeded, told("failed"), gaveUp], ["succeeded", "succeeded", "succeeded"], [2, 2, 2]],
  [
    "it is another prediction",
    [told("starting"), { ...gaveUp, replicate_id: remote }, { ...succeeded, replicate_id: "other" }],
    ["starting", "failed?", "failed?"],
    [2, 0, 0],
  ],
])("a provisional status: %s", async (_, updates, statuses, counted) => {
  await sql(stack, `update predictions set replicate_id = null where replicate_id = '${remote}'`);
  const rows = await applyAll(updates);
  expect(rows.map(({ status, provisional }) => status + (provisional ? "?" : ""))).toEqual(statuses);
  expect(rows.map(({ counted_images }) => counted_images)).toEqual(counted);
});

test("after 35 minutes a running status does not reopen it, but a result replaces it", async () => {
  await sql(stack, `update predictions set replicate_id = null where replicate_id = '${remote}'`);
  const owner = await createUser(stack);
  const rows = await applyAll([gaveUp, told("processing"), succeeded], { owner, age: "36 minutes" });
  expect(rows.map(({ status }) => status)).toEqual(["failed", "failed", "succeeded"]);
});

test("a late running status tells which prediction to check, and a cancel request reaches it", async () => {
  await sql(stack, `update predictions set replicate_id = null where replicate_id = '${remote}'`);
  const owner = await createUser(stack);
  const rows = await applyAll([gaveUp, told("processing")], { owner, age: "36 minutes" });
  expect(rows[1]).toMatchObject({ status: "failed", provisional: true, replicate_id: remote });
  const id = rows[1]?.id;
  // Checks the row that the function returns, not the row in the table, because a sweep may claim that row at any time.
  const { data } = await service.rpc("request_cancel", { p_id: id, p_user: owner.id }).throwOnError();
  const [asked] = data as { cancel_requested_at: string; next_at: string }[];
  expect(Date.parse(asked?.next_at ?? "")).toBeLessThanOrEqual(Date.parse(asked?.cancel_requested_at ?? ""));
});

test("it is due again, until it is checked for the last time", async () => {
  const [row] = await applyAll([gaveUp]);
  expect(Date.parse(row?.next_at ?? "")).toBeGreaterThan(Date.now() + 50_000);
});

test.each(["1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z"])(
  "files completed at %s expire in an hour",
  async (completed_at) => {
    await sql(stack, `update predictions set replicate_id = null where replicate_id = '${remote}'`);
    const [row] = await applyAll([{ ...succeeded, completed_at }]);
    const left = Date.parse(row?.output_expires_at ?? "") - Date.now();
    expect(Math.abs(left - 3_600_000)).toBeLessThan(60_000);
  },
);

test.each([
  ["was never seen running, and ran for microseconds", "starting", { predict_time: 0.000017 }, 0],
  ["was never seen running, and has no run time", "starting", {}, 0],
  ["was never seen running, but ran for a second", "starting", { predict_time: 1 }, 2],
  ["was seen running", "processing", { predict_time: 0.000017 }, 2],
])("a canceled prediction that %s is counted accordingly", async (_, seen, more, counted) => {
  await sql(stack, `update predictions set replicate_id = null where replicate_id = '${remote}'`);
  const started_at = "2026-11-21T14:32:08.000Z";
  const rows = await applyAll([told(seen), told("canceled", { started_at, ...more })]);
  expect(rows.at(-1)).toMatchObject({ status: "canceled", counted_images: counted });
});

test("the day's usage is the sum of what the predictions count", async () => {
  const counted = `select sum(counted_images) from predictions where user_id = '${user.id}'`;
  const [row] = await sql(
    stack,
    `select sum(used) as used, (${counted}) as counted from usage_daily where user_id = '${user.id}'`,
  );
  expect(Number(row?.used)).toBe(Number(row?.counted));
});

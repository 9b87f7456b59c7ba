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

/**
 * Starts a prediction of `requested` images and applies the updates. Returns how much this adds to today's usage of the user,
 * and of all users together.
 */
async function getUsage(requested: number, ...updates: object[]) {
  const before = await used();
  const id = await startRow(stack, user, requested);
  for (const update of updates) {
    const p_update = { replicate_id: `r${id}`, ...update };
    await service.rpc("update_prediction", { p_id: id, p_lease: null, p_update, p_next_in: 60 }).throwOnError();
  }
  const after = await used();
  return after.map((count, index) => count - (before[index] ?? 0));
}

/** Returns the used images of the user, and of all users together. */
async function used() {
  const ids = [user.id, "00000000-0000-0000-0000-000000000000"];
  const rows = await sql<{ user_id: string; used: number }>(stack, "select user_id, used from usage_daily");
  return ids.map((id) => rows.filter((row) => row.user_id === id).reduce((sum, row) => sum + row.used, 0));
}

const started = { status: "processing", started_at: "2026-11-21T14:32:08Z" };
const output = (file_count: number) => ({ output: ["https://replicate.delivery/a.png"], file_count });
const succeeded = (files: number) => ({ ...started, status: "succeeded", ...output(files) });
const finished = { ...started, status: "succeeded", output: null, file_count: 0 };

test.each([
  ["more images than requested, up to the number returned", 1, [started, succeeded(15)], 15],
  ["fewer images than requested, down to the number returned", 4, [succeeded(3)], 3],
  ["as many", 2, [succeeded(2)], 2],
  ["output without files, as one image", 3, [succeeded(0)], 1],
  ["the files of an earlier output, if the last update has none", 1, [{ ...started, ...output(4) }, finished], 4],
  ["success twice, once", 1, [succeeded(5), succeeded(9)], 5],
  ["an end without a start, not at all", 4, [{ status: "failed" }], 0],
  ["a failure after the start, in full", 4, [started, { status: "failed" }], 4],
])("the day's usage counts %s", async (_, requested, updates, counted) => {
  expect(await getUsage(requested, ...updates)).toEqual([counted, counted]);
});

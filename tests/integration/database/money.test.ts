import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startOutcome } from "../../support/rows";
import { sql } from "../../support/sql";
import { connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const ALL_USERS = "00000000-0000-0000-0000-000000000000";
let user: User;

beforeAll(async () => {
  user = await createUser(stack);
});
// Deletes the predictions of the tests, so that no sweep advances them. They were never sent to Replicate.
afterAll(() => sql(stack, `delete from predictions where user_id = '${user.id}'`));

type State = { counted_usd: number; cost_usd: number | null; cost_basis: string | null; counted_images: number };

/** Returns the US dollars that the user has used, and those that all users together have used. */
async function readSpent(): Promise<number[]> {
  const rows = await sql<{ user_id: string; usd: string }>(stack, "select user_id, usd::text from usage_daily");
  return [user.id, ALL_USERS].map((id) =>
    rows.filter((row) => row.user_id === id).reduce((sum, { usd }) => sum + Number(usd), 0),
  );
}

const perImage = { max_usd: 0.12, image_count: 3, price: { basis: "price", usual: 0.12, file: 0.04 } };
const perRun = { max_usd: 0.6, price: { basis: "price", usual: 0.6, run: 0.6 } };
const byTime = { max_usd: 0.05, price: { basis: "time", usual: 0.01, second: 0.001 } };
const byToken = {
  max_usd: 0.2,
  image_count: 0,
  price: { basis: "price", usual: 0.01, input_token: 0.00001, output_token: 0.0001 },
};
const inRange = { max_usd: 0.56, price: { basis: "price", usual: 0.28 } };
const unknown = { max_usd: 0.1, price: { basis: "unknown", usual: null } };
const unknownByTime = { max_usd: 0.1, price: { basis: "unknown", usual: null, second: 0.0015 } };

const started = { status: "processing", started_at: "2026-11-21T14:32:08Z" };
const output = (count: number) => ({ output: ["https://replicate.delivery/a.png"], file_count: count });
const succeeded = (files: number, more: object = {}) => ({
  ...started,
  status: "succeeded",
  ...output(files),
  ...more,
});
const failed = (more: object = {}) => ({ status: "failed", error: "no", ...more });
const gaveUp = { status: "failed", provisional: true, error: "No response.", error_code: "provider_unreachable" };

test.each<[string, object, object[], [number, number | null, string | null]]>([
  ["a run that has not ended counts the most it can cost", perImage, [started], [0.12, null, null]],
  ["a run that costs less is settled down", perImage, [started, succeeded(2)], [0.08, 0.08, "price"]],
  ["a run that costs more is settled up", perImage, [started, succeeded(5)], [0.2, 0.2, "price"]],
  ["success twice is settled once", perImage, [succeeded(2), succeeded(9)], [0.08, 0.08, "price"]],
  ["updates out of order are settled once", perImage, [succeeded(2), started, failed()], [0.08, 0.08, "price"]],
  ["output without files counts one", perImage, [succeeded(0)], [0.04, 0.04, "price"]],
  ["a price by the run", perRun, [succeeded(1)], [0.6, 0.6, "price"]],
  ["run time", byTime, [succeeded(1, { predict_time: 12.3456789 })], [0.012346, 0.012346, "time"]],
  ["run time beyond the bound", byTime, [succeeded(1, { predict_time: 300 })], [0.3, 0.3, "time"]],
  ["run time that is not reported", byTime, [succeeded(1)], [0.05, 0.01, "estimate"]],
  ["tokens", byToken, [succeeded(0, { input_tokens: 40, output_tokens: 100 })], [0.0104, 0.0104, "price"]],
  ["tokens that are not reported", byToken, [succeeded(0, { input_tokens: 40 })], [0.2, 0.01, "estimate"]],
  ["a price within a range counts its upper end", inRange, [succeeded(1)], [0.56, 0.28, "estimate"]],
  ["an unknown price counts the fixed amount", unknown, [succeeded(1, { predict_time: 3 })], [0.1, null, "unknown"]],
  ["an unknown price by time", unknownByTime, [succeeded(1, { predict_time: 4 })], [0.006, null, "unknown"]],
  ["no price at all", { max_usd: 0.1, price: null }, [succeeded(1)], [0.1, null, "unknown"]],
  ["a failure after the start, not billed by time", perImage, [started, failed()], [0.12, null, "unknown"]],
  ["a failure billed by time", byTime, [started, failed({ predict_time: 7 })], [0.007, 0.007, "time"]],
  ["a cancel billed by time", byTime, [started, { status: "canceled", predict_time: 2 }], [0.002, 0.002, "time"]],
  ["a cancel without a time", byTime, [started, { status: "canceled" }], [0.05, null, "unknown"]],
  ["a failure before the start", perImage, [failed()], [0, 0, "not_run"]],
  ["a cancel before the start", byTime, [{ status: "canceled", predict_time: 0.000002 }], [0, 0, "not_run"]],
  ["aborted", perRun, [{ status: "aborted" }], [0, 0, "not_run"]],
  ["we give up before the start", perImage, [gaveUp], [0, 0, "not_run"]],
  ["a late result", perImage, [gaveUp, succeeded(2)], [0.08, 0.08, "price"]],
  ["a late result, told twice", perImage, [gaveUp, succeeded(2), succeeded(3)], [0.08, 0.08, "price"]],
  ["we give up while it runs", perImage, [started, gaveUp], [0.12, null, "unknown"]],
  ["given up while it ran, then failed", perImage, [started, gaveUp, failed()], [0.12, null, "unknown"]],
  ["it runs again after all", perImage, [gaveUp, started], [0.12, null, null]],
  ["text that was given up while it ran, then failed", byToken, [started, gaveUp, failed()], [0.2, null, "unknown"]],
])("%s", async (_, columns, updates, [counted, cost, basis]) => {
  const before = await readSpent();
  const id = crypto.randomUUID();
  await startOutcome(stack, user, { ...columns, id });
  let row: State | undefined;
  for (const update of updates) {
    const p_update = { replicate_id: `r${id}`, ...update };
    const parameters = { p_id: id, p_lease: null, p_update, p_next_in: 60 };
    const { data } = await service.rpc("update_prediction", parameters).throwOnError();
    [row] = data as State[];
  }
  expect([row?.counted_usd, row?.cost_usd, row?.cost_basis]).toEqual([counted, cost, basis]);
  const after = await readSpent();
  for (const [index, spent] of after.entries()) expect(spent - (before[index] ?? 0)).toBeCloseTo(counted, 9);
});

test("text and audio count in dollars, but not as images", async () => {
  const other = await createUser(stack);
  const limits = { daily_per_user: 0, daily_total: 0, daily_usd_per_user: 0.3 };
  const id = crypto.randomUUID();
  expect(await startOutcome(stack, other, { ...byToken, id }, limits)).toBe("created");
  expect(await startOutcome(stack, other, byToken, limits)).toBe("budget_exceeded");
  expect(await startOutcome(stack, other, perImage, limits)).toBe("quota_exceeded");
  const p_update = { replicate_id: `r${id}`, ...succeeded(3, { input_tokens: 0, output_tokens: 0 }) };
  const { data } = await service
    .rpc("update_prediction", { p_id: id, p_lease: null, p_update, p_next_in: 60 })
    .throwOnError();
  expect(data).toMatchObject([{ counted_images: 0, counted_usd: 0 }]);
  await sql(stack, `delete from predictions where user_id = '${other.id}'`);
});

test.each([1, 2, 3])("a hundred requests at once spend exactly the user's budget, round %i", async () => {
  const spender = await createUser(stack);
  const columns = { max_usd: 0.1, price: unknown.price };
  const start = () => startOutcome(stack, spender, columns, { daily_usd_per_user: 1 });
  const outcomes = await Promise.all(Array.from({ length: 100 }, start));
  expect(outcomes.filter((outcome) => outcome === "created")).toHaveLength(10);
  expect(outcomes.filter((outcome) => outcome === "budget_exceeded")).toHaveLength(90);
  await sql(stack, `delete from predictions where user_id = '${spender.id}'`);
});

test("ten users at once spend exactly what all users together may", async () => {
  const users = await Promise.all(Array.from({ length: 10 }, () => createUser(stack)));
  const [, spent = 0] = await readSpent();
  // The runs have different prices. In the end, the rest of the budget is less than the price of the cheapest run.
  const prices = [0.07, 0.1, 0.13];
  const started = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const max_usd = prices[n % 3] ?? 0;
      const columns = { max_usd, price: unknown.price };
      return { max_usd, outcome: await startOutcome(stack, users[n % 10]!, columns, { daily_usd_total: spent + 1 }) };
    }),
  );
  const accepted = started.filter(({ outcome }) => outcome === "created");
  const sum = accepted.reduce((total, { max_usd }) => total + max_usd, 0);
  expect(sum).toBeLessThanOrEqual(1 + 1e-9);
  expect(sum).toBeGreaterThan(1 - 0.07);
  expect(new Set(started.map(({ outcome }) => outcome))).toEqual(new Set(["created", "spend_cap"]));
  expect(((await readSpent())[1] ?? 0) - spent).toBeCloseTo(sum, 9);
  await sql(stack, `delete from predictions where user_id in (${users.map(({ id }) => `'${id}'`).join()})`);
});

test("settling makes room for the next run", async () => {
  const spender = await createUser(stack);
  const start = (id: string) => startOutcome(stack, spender, { ...perImage, id }, { daily_usd_per_user: 0.16 });
  const first = crypto.randomUUID();
  expect(await start(first)).toBe("created");
  expect(await start(crypto.randomUUID())).toBe("budget_exceeded");
  const p_update = { replicate_id: `r${first}`, ...succeeded(1) };
  await service.rpc("update_prediction", { p_id: first, p_lease: null, p_update, p_next_in: 60 }).throwOnError();
  expect(await start(crypto.randomUUID())).toBe("created");
  await sql(stack, `delete from predictions where user_id = '${spender.id}'`);
});

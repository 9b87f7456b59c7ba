import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi, listAccepted } from "../support/api";
import { isFull, size } from "../support/form";
import { sql } from "../support/sql";
import { createUser, type User } from "../support/users";

const stack = inject("stack");
const ALL_USERS = "00000000-0000-0000-0000-000000000000";
// An image of `flux` costs $0.003, and an image of `banana` costs $0.039.
const flux = "black-forest-labs/flux-schnell";
const banana = "google/nano-banana";
const small = { megapixels: "0.25" };
const settings = { MAX_IN_FLIGHT_PER_USER: "500", DAILY_USD_PER_USER: "0.03" };
let instances: Awaited<ReturnType<typeof startAnotherApp>>[];

beforeAll(async () => {
  instances = await Promise.all(Array.from({ length: size(1, 2) }, () => startAnotherApp(stack, settings)));
});
afterAll(() => Promise.all(instances.map((instance) => instance.stop())));

/** Returns the US dollars that the user has used today. */
async function readSpent(userId: string): Promise<number> {
  const rows = await sql<{ usd: string }>(
    stack,
    `select usd::text from usage_daily where user_id = '${userId}' order by day desc limit 1`,
  );
  return Number(rows[0]?.usd ?? 0);
}

const api = (user: User, index = 0) => createApi(instances[index % instances.length]!, user);

// `count` is how many instances of the app get the requests. The short form tests one, because `limits.test.ts` tests two.
test.each(isFull ? [1, 2] : [1])(
  "many requests at once spend exactly the budget of a user, instances: %i",
  async (count) => {
    const user = await createUser(stack);
    const input = { prompt: `a spree on ${count}`, ...small };
    const answers = await Promise.all(
      Array.from({ length: size(16, 200) }, (_, n) => api(user, n % count).submit({ model: flux, input })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 201);
    const problems = await Promise.all(refused.map(async (answer) => (await answer.json()) as { type: string }));
    expect(new Set(problems.map(({ type }) => type))).toEqual(new Set(["budget_exceeded"]));
    expect(problems[0]).toMatchObject({
      status: 429,
      detail: "Today's budget of $0.03 is used up. The budget resets at 00:00 UTC.",
    });
    expect(await listAccepted(stack, input.prompt)).toHaveLength(10);
    expect(await (await api(user).ask("/api/usage")).json()).toMatchObject({
      usd: { limit: 0.03, used: 0.03, left: 0 },
    });
  },
);

test("all users together never spend more than the daily total, with models of different prices", async () => {
  const limit = (await readSpent(ALL_USERS)) + 0.25;
  const capped = { ...settings, DAILY_USD_PER_USER: "100", DAILY_USD_TOTAL: String(limit) };
  const apps = await Promise.all([startAnotherApp(stack, capped), startAnotherApp(stack, capped)]);
  const users = await Promise.all(Array.from({ length: 5 }, () => createUser(stack)));
  const answers = Promise.all(
    Array.from({ length: size(20, 100) }, async (_, n) => {
      const request = n % 2 ? { model: banana } : { model: flux };
      const input = { prompt: "the last dollar", ...(n % 2 === 0 && { ...small, num_outputs: 1 + (n % 4) }) };
      const answer = await createApi(apps[n % 2]!, users[n % 5]!).submit({ ...request, input });
      return answer.status;
    }),
  );
  const seen: number[] = [];
  let isOver = false;
  void answers.finally(() => (isOver = true));
  for (; !isOver; await sleep(10)) seen.push(await readSpent(ALL_USERS));
  expect(new Set(await answers)).toEqual(new Set([201, 503]));
  expect(Math.max(...seen, await readSpent(ALL_USERS))).toBeLessThanOrEqual(limit + 1e-9);
  expect(await readSpent(ALL_USERS)).toBeGreaterThan(limit - 0.039);
  await Promise.all(apps.map((app) => app.stop()));
});

test.each([
  [flux, { ...small, num_outputs: 3 }, 0.009, "price"],
  [banana, {}, 0.039, "price"],
])("a run of %s with %j costs $%d", async (model, input, cost_usd, cost_basis) => {
  const user = await createUser(stack);
  const own = createApi(stack, user);
  const { id } = await own.create({ prompt: "how much", ...input }, { model });
  expect(await own.saved(id)).toMatchObject({ cost_usd, cost_basis });
  expect(await readSpent(user.id)).toBeCloseTo(cost_usd, 9);
});

test("a run that is billed by time costs its time, less than was counted before", async () => {
  const user = await createUser(stack);
  const own = createApi(stack, user);
  const { id } = await own.create({ prompt: "by time", num_inference_steps: 4, width: 128, height: 128 });
  const { cost_usd: cost, cost_basis, metrics } = await own.saved(id);
  expect(cost_basis).toBe("estimate");
  expect(cost).toBeCloseTo((0.0063 / 4.98) * Number(metrics?.predict_time), 5);
  expect(await readSpent(user.id)).toBe(cost);
});

test("the page says what a run costs before its script has loaded", async () => {
  const user = await createUser(stack);
  const page = await fetch(`${stack.appUrl}/dashboard/generate?model=${banana}`, { headers: user.cookie });
  // React inserts HTML comments between the parts of a sentence.
  expect((await page.text()).replaceAll("<!-- -->", "")).toContain("Cost: about $0.039. ");
});

test("a run that is canceled in the queue costs nothing", async () => {
  const user = await createUser(stack);
  const own = createApi(stack, user);
  const { id } = await own.create({ prompt: "never mind [429]", ...small }, { model: flux });
  expect(await readSpent(user.id)).toBe(0.003);
  await own.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(await own.read(id)).toMatchObject({ status: "canceled", cost_usd: 0, cost_basis: "not_run" });
  expect(await readSpent(user.id)).toBe(0);
});

test("text counts in dollars, but not as an image", async () => {
  const user = await createUser(stack);
  const own = createApi(stack, user);
  const { id } = await own.create({ prompt: "a haiku" }, { model: "meta/meta-llama-3-8b-instruct" });
  const { cost_usd: cost } = await own.until(id, ({ status }) => status === "succeeded");
  expect(cost).toBeGreaterThan(0);
  expect(await (await own.ask("/api/usage")).json()).toMatchObject({ images: { used: 0 }, usd: { used: cost } });
});

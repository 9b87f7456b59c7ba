import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { listAccepted, createApi, setFaults } from "../support/api";
import { startAnotherApp } from "../support/another-app";
import { isFull, size } from "../support/form";
import { readUsed, sql } from "../support/sql";
import { createUser, type User } from "../support/users";

const stack = inject("stack");
const settings = { DAILY_IMAGES_PER_USER: "10", MAX_IN_FLIGHT_PER_USER: "11" };
const quick = { num_inference_steps: 1, width: 64, height: 64 };
/** The numbers of instances of the app that get the requests. The short form tests only the harder case: two instances. */
const INSTANCES = isFull ? [1, 2] : [2];
let app: Awaited<ReturnType<typeof startAnotherApp>>;
let second: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  [app, second] = await Promise.all([startAnotherApp(stack, settings), startAnotherApp(stack, settings)]);
});
afterAll(() => Promise.all([app?.stop(), second?.stop()]));

const statuses = (answers: Response[]) => answers.map((answer) => answer.status).toSorted((a, b) => a - b);
const times = <Value>(count: number, value: Value) => Array<Value>(count).fill(value);

/** Sends `count` requests at the same time, in turn to each of the instances. */
async function submitMany(user: User, instances: { appUrl: string }[], count: number, prompt: string) {
  const apis = instances.map((instance) => createApi(instance, user));
  return Promise.all(
    Array.from({ length: count }, (_, n) => apis[n % apis.length]!.submit({ input: { prompt, ...quick } })),
  );
}

const readTypes = async (answers: Response[]) => {
  const refused = answers.filter((answer) => answer.status !== 201);
  for (const answer of refused) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  const bodies = await Promise.all(refused.map(async (answer) => (await answer.json()) as { type: string }));
  return new Set(bodies.map(({ type }) => type));
};

test.each(INSTANCES)("many requests at once get exactly the ten images of the day, instances: %i", async (count) => {
  const user = await createUser(stack);
  const prompt = `a rush on ${count}`;
  const sent = size(16, 200);
  const answers = await submitMany(user, [app, second].slice(0, count), sent, prompt);
  expect(statuses(answers)).toEqual([...times(10, 201), ...times(sent - 10, 429)]);
  expect(await readTypes(answers)).toEqual(new Set(["quota_exceeded"]));
  expect(await listAccepted(stack, prompt)).toHaveLength(10);
  expect(await readUsed(stack, user.id)).toBe(10);
});

test("a request for four images counts as four", async () => {
  const api = createApi(app, await createUser(stack));
  const four = { input: { prompt: "by fours", num_outputs: 4, ...quick } };
  const answers = [await api.submit(four), await api.submit(four), await api.submit(four)];
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 429]);
});

test.each([422, 402])(
  "images that Replicate refuses with %i return to the quota, many at once on two instances",
  async (status) => {
    const user = await createUser(stack);
    const prompt = `given back after ${status}`;
    await setFaults(stack, { match: prompt, create: { status } });
    const seen: number[] = [];
    const rushed = submitMany(user, [app, second], size(14, 50), prompt);
    let isOver = false;
    void rushed.finally(() => (isOver = true));
    for (; !isOver; await sleep(10)) seen.push(await readUsed(stack, user.id));
    await setFaults(stack, {});
    const expected = status === 402 ? 503 : 422;
    const answers = new Set(statuses(await rushed));
    // A 429 is allowed here, because the quota may be used up until the images of refused requests are returned to it.
    answers.delete(429);
    expect(answers).toEqual(new Set([expected]));
    expect([Math.min(...seen) >= 0, Math.max(...seen) <= 10]).toEqual([true, true]);
    // The app may respond before it has saved the refusal in the row.
    await expect.poll(() => readUsed(stack, user.id)).toBe(0);
    expect(statuses(await submitMany(user, [app], 12, `after ${status}`))).toEqual([...times(10, 201), 429, 429]);
  },
);

test("a create that never reached Replicate returns to the quota when the app gives it up", async () => {
  const user = await createUser(stack);
  await setFaults(stack, { match: "never heard", create: { drop: "before" } });
  const api = createApi(app, user);
  const { id } = await api.create({ prompt: "never heard", ...quick });
  expect(await readUsed(stack, user.id)).toBe(1);
  await sql(
    stack,
    `update predictions set sent_at = now() - interval '121 seconds', next_at = now(), lease_until = null where id = '${id}'`,
  );
  expect(await api.ended(id)).toMatchObject({ status: "failed", error_code: "provider_unreachable" });
  await setFaults(stack, {});
  expect(await readUsed(stack, user.id)).toBe(0);
});

test.each(INSTANCES)("the number of running predictions is limited, instances: %i", async (count) => {
  const user = await createUser(stack);
  await sql(stack, `insert into user_limits (user_id, daily_images) values ('${user.id}', 100)`);
  const answers = await submitMany(user, [app, second].slice(0, count), 20, "eleven at once [slow]");
  expect(statuses(answers)).toEqual([...times(11, 201), ...times(9, 429)]);
  expect(await readTypes(answers)).toEqual(new Set(["in_flight_limit"]));
  const running = answers.filter((answer) => answer.status === 201);
  const api = createApi(app, user);
  await Promise.all(running.map((answer) => api.ask(answer.headers.get("location") ?? "", { method: "DELETE" })));
});

test("all users together get exactly the daily total, on two instances", async () => {
  const used = await readUsed(stack, "00000000-0000-0000-0000-000000000000");
  const capped = { ...settings, DAILY_IMAGES_TOTAL: String(used + 7) };
  const instances = await Promise.all([startAnotherApp(stack, capped), startAnotherApp(stack, capped)]);
  const count = size(5, 10);
  const users = await Promise.all(Array.from({ length: count }, () => createUser(stack)));
  const answers = (
    await Promise.all(users.map((user) => submitMany(user, instances, count, "the last of the day")))
  ).flat();
  expect(statuses(answers)).toEqual([...times(7, 201), ...times(count * count - 7, 503)]);
  expect(await readTypes(answers)).toEqual(new Set(["spend_cap"]));
  expect(await listAccepted(stack, "the last of the day")).toHaveLength(7);

  const [first] = users;
  const usage = await createApi(instances[0], first!).ask("/api/usage");
  expect(await usage.json()).toMatchObject({ images: { limit: 10, left: 0 } });
  await Promise.all(instances.map((instance) => instance.stop()));
});

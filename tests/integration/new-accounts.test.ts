import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { size } from "../support/form";
import { sql } from "../support/sql";
import { createUser, type User } from "../support/users";

const stack = inject("stack");
const settings = { DAILY_IMAGES_PER_USER: "10", DAILY_IMAGES_PER_NEW_USER: "3", MAX_IN_FLIGHT_PER_USER: "500" };
const quick = { num_inference_steps: 1, width: 64, height: 64 };
let instances: Awaited<ReturnType<typeof startAnotherApp>>[];

beforeAll(async () => {
  instances = await Promise.all(Array.from({ length: size(1, 2) }, () => startAnotherApp(stack, settings)));
});
afterAll(() => Promise.all(instances.map((instance) => instance.stop())));

const apisOf = (user: User) => instances.map((instance) => createApi(instance, user));

/** Sends `count` requests at the same time, in turn to each instance. Returns how many were within the quota. */
async function countAdmitted(user: User, count: number): Promise<number> {
  const apis = apisOf(user);
  const ask = (n: number) => apis[n % apis.length]!.submit({ input: { prompt: `newcomer ${n}`, ...quick } });
  const answers = await Promise.all(Array.from({ length: count }, (_, n) => ask(n)));
  const refused = answers.filter(({ status }) => status !== 201);
  for (const answer of refused) expect(await answer.json()).toMatchObject({ status: 429, type: "quota_exceeded" });
  return count - refused.length;
}

const left = async (user: User): Promise<unknown> => {
  const answer = await apisOf(user)[0]!.ask("/api/usage");
  return ((await answer.json()) as { images: unknown }).images;
};

/** Returns the HTML of the page Generate without the comments that React inserts between the parts of a sentence. */
const page = async (user: User) => {
  const answer = await fetch(`${instances[0]!.appUrl}/dashboard/generate`, { headers: user.cookie });
  return (await answer.text()).replaceAll("<!-- -->", "");
};

test("a new account has a smaller quota on its first day, and the page says so", async () => {
  const user = await createUser(stack);
  expect(await left(user)).toEqual({ limit: 3, used: 0, left: 3 });
  expect(await page(user)).toContain("3 images left today.");
  expect(await countAdmitted(user, size(12, 40))).toBe(3);
  expect(await left(user)).toEqual({ limit: 3, used: 3, left: 0 });
});

test("after one day a new account has the normal quota", async () => {
  const user = await createUser(stack);
  const age = (hours: number) =>
    sql(stack, `update auth.users set created_at = now() - interval '${hours} hours' where id = '${user.id}'`);
  await age(23.9);
  expect(await countAdmitted(user, size(12, 20))).toBe(3);
  await age(24);
  expect(await left(user)).toEqual({ limit: 10, used: 3, left: 7 });
  expect(await page(user)).toContain("7 images left today.");
  expect(await countAdmitted(user, size(12, 20))).toBe(7);
});

import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { size } from "../support/form";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";
import { createVisitor } from "../support/visitor";

const stack = inject("stack");
const five = { LOGINS_PER_MINUTE_PER_ADDRESS: "5" };
let apps: Awaited<ReturnType<typeof startAnotherApp>>[] = [];
let proxied: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  apps = await Promise.all([startAnotherApp(stack, five), startAnotherApp(stack, five)]);
  proxied = await startAnotherApp(stack, { ...five, TRUSTED_PROXIES: "1" });
});
afterEach(() => sql(stack, "delete from rate_limits"));
afterAll(() => Promise.all([...apps, proxied].map((app) => app?.stop())));

type Fields = Record<string, string>;
type Way = "password" | "account" | "link";

/** Returns a function that submits the form of this sign-in method, each time in a new browser. */
async function open({ appUrl }: { appUrl: string }, way: Way) {
  const page = await createVisitor(appUrl).open(`/login?with=${way}`);
  return async (fields: Fields, headers: Record<string, string> = {}) => {
    const { status, words } = await createVisitor(appUrl, headers).send(page, fields);
    return { status, text: words };
  };
}

const newcomer = () => ({ email: `${randomUUID()}@darkroom.test`, password: "a quiet red light" });
const accounts = async () =>
  (await sql<{ count: number }>(stack, "select count(*)::int as count from auth.users"))[0]?.count ?? 0;
const isRefused = ({ text }: { text: string }) => text.includes("Too many attempts");

test("of many sign-ups from one address with forged X-Forwarded-For, exactly five succeed on two instances", async () => {
  const [first, second] = await Promise.all(apps.map((app) => open(app, "account")));
  const before = await accounts();
  const start = Date.now();
  const answers = await Promise.all(
    Array.from({ length: size(14, 100) }, (_, n) =>
      (n % 2 ? first : second)!(newcomer(), { "x-forwarded-for": `198.51.100.${n}, 203.0.113.${n}` }),
    ),
  );
  const admitted = answers.filter((answer) => !isRefused(answer)).length;
  // The limit is five attempts, and one more every twelve seconds.
  expect(admitted).toBeGreaterThanOrEqual(5);
  expect(admitted).toBeLessThanOrEqual(5 + Math.floor((Date.now() - start) / 12_000));
  expect((await accounts()) - before).toBe(admitted);
});

test("all sign-in methods share the limit, and above it a correct password is refused too", async () => {
  const user = await createUser(stack);
  const link = await open(apps[0]!, "link");
  const password = await open(apps[0]!, "password");
  for (let n = 0; n < 3; n++) expect((await link({ email: user.email })).text).toContain("Check your e-mail");
  for (let n = 0; n < 2; n++) {
    expect((await password({ email: user.email, password: "wrong" })).text).toContain("E-mail or password is wrong");
  }
  expect(isRefused(await password({ email: user.email, password: user.password }))).toBe(true);
  await sql(stack, "delete from rate_limits");
  expect((await password({ email: user.email, password: user.password })).status).toBe(303);
});

test("an empty form does not count as an attempt", async () => {
  const password = await open(apps[0]!, "password");
  for (let n = 0; n < 8; n++) {
    expect((await password({ email: "not an address", password: "x" })).text).toContain(
      "not a complete e-mail address",
    );
  }
});

test("behind a trusted proxy each caller has its own limit, and forged addresses are ignored", async () => {
  const password = await open(proxied, "password");
  const wrong = { email: "wrong@darkroom.test", password: "wrong" };
  const from = (address: string, n: number) => password(wrong, { "x-forwarded-for": `10.9.8.${n}, ${address}` });
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(isRefused(await from("198.51.100.7", n)));
  expect(answers).toEqual([false, false, false, false, false, true]);
  expect(isRefused(await from("198.51.100.8", 0))).toBe(false);
});

test("a use that is taken back is available again at once, and no more than that", async () => {
  const count = async (limit: number) => {
    const values = { p_name: "taken back", p_limit: limit, p_seconds: 3600 };
    const { data } = await connectAsService(stack).rpc("consume_rate_limit", values).throwOnError();
    return data === 0;
  };
  expect([await count(2), await count(2), await count(2)]).toEqual([true, true, false]);
  await count(-2);
  expect([await count(2), await count(2)]).toEqual([true, false]);
  // If more uses are taken back than were counted, the limit does not increase.
  await sql(stack, "delete from rate_limits");
  for (let n = 0; n < 5; n++) await count(-2);
  expect([await count(2), await count(2), await count(2)]).toEqual([true, true, false]);
});

test("full rate-limit buckets are deleted", async () => {
  await sql(
    stack,
    "insert into rate_limits select 'old ' || n, now() - interval '1 minute' from generate_series(1, 15) n",
  );
  await (
    await open(apps[0]!, "password")
  )({ email: "wrong@darkroom.test", password: "wrong" });
  expect(await sql(stack, "select count(*)::int as count from rate_limits")).toEqual([{ count: 3 }]);
});

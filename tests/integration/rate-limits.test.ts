import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { listAccepted, createApi, readLedger, listRequestsAbout } from "../support/api";
import { size } from "../support/form";
import { startAnotherApp } from "../support/another-app";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const settings = { CREATES_PER_MINUTE_PER_USER: "5", MAX_IN_FLIGHT_PER_USER: "500", READS_PER_SECOND_PER_USER: "5" };
const quick = { num_inference_steps: 1, width: 64, height: 64 };
let app: Awaited<ReturnType<typeof startAnotherApp>>;
let second: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  [app, second] = await Promise.all([startAnotherApp(stack, settings), startAnotherApp(stack, settings)]);
});
afterAll(() => Promise.all([app?.stop(), second?.stop()]));

test("of many requests at once on two instances, exactly the five of the minute start", async () => {
  const user = await createUser(stack);
  const apis = [createApi(app, user), createApi(second, user)];
  const submit = (n: number) => apis[n % 2]!.submit({ input: { prompt: "five a minute", ...quick } });
  const answers = await Promise.all(Array.from({ length: size(14, 100) }, (_, n) => submit(n)));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(5);
  expect(await listAccepted(stack, "five a minute")).toHaveLength(5);

  const refused = answers.filter((answer) => answer.status !== 201);
  for (const answer of refused) {
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ type: "rate_limited", retry_after: expect.any(Number) });
    const wait = Number(answer.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
  }

  await sql(
    stack,
    `update predictions set created_at = created_at - interval '61 seconds' where id =
       (select id from predictions where user_id = '${user.id}' order by created_at limit 1)`,
  );
  expect([(await submit(0)).status, (await submit(0)).status]).toEqual([201, 429]);
});

test("a repeated request is not counted, and other users do not have to wait", async () => {
  const api = createApi(app, await createUser(stack));
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "said again", ...quick } };
  const answers = await Promise.all(Array.from({ length: 20 }, () => api.submit(body, key)));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
});

test("two hundred reads at once are rate-limited and cost Replicate nothing", async () => {
  const api = createApi(app, await createUser(stack));
  const { id } = await api.create({ prompt: "asked without pause [slow]" });
  const answers = await Promise.all(Array.from({ length: 200 }, () => api.ask(`/api/replicate/${id}`)));
  const refused = answers.filter((answer) => answer.status !== 200);
  expect(refused.length).toBeGreaterThan(0);
  for (const answer of refused) {
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ type: "rate_limited", retry_after: 1 });
  }
  const [remote] = await listAccepted(stack, "asked without pause");
  expect((await listRequestsAbout(stack, remote?.id ?? "")).length).toBeLessThanOrEqual(2);
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
});

test("ten tabs that poll four times a second are not rate-limited", async () => {
  const api = createApi(stack, await createUser(stack));
  const { id } = await api.create({ prompt: "ten hasty tabs [slow]" });
  const tab = async () => {
    const seen: number[] = [];
    for (let n = 0; n < 12; n++) {
      seen.push((await api.ask(`/api/replicate/${id}`)).status);
      await sleep(250);
    }
    return seen;
  };
  const seen = (await Promise.all(Array.from({ length: 10 }, tab))).flat();
  expect(new Set(seen)).toEqual(new Set([200]));
  const [remote] = await listAccepted(stack, "ten hasty tabs");
  expect((await listRequestsAbout(stack, remote?.id ?? "")).length).toBeLessThanOrEqual(2);
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
});

test("a user who requests many unknown models is rate-limited on every page, and other users are not", async () => {
  const user = await createUser(stack);
  const api = createApi(stack, user);
  const ask = () => api.submit({ model: `unknown/${randomUUID()}`, input: { prompt: "x" } });
  const modelRequests = async () =>
    (await readLedger(stack)).requests.filter(({ route }) => route.includes("/models/")).length;
  const [before, start] = [await modelRequests(), Date.now()];
  const rush = (count: number) => Promise.all(Array.from({ length: count }, ask));
  const answers = await rush(60);
  const refused = answers.filter(({ status }) => status === 429);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422, 429]));
  expect(await refused[0]?.json()).toMatchObject({ type: "rate_limited", retry_after: 1 });
  expect(refused[0]?.headers.get("retry-after")).toBe("1");

  expect(await modelRequests()).toBeLessThanOrEqual(before + 30 + Math.ceil((Date.now() - start) / 1000));

  for (const path of ["generate?model=unknown/", "models/unknown/", "models?q=", "models?collection="]) {
    const page = async () => {
      // Uses up the limit again, because it allows one more request each second.
      await rush(10);
      const answer = await fetch(`${stack.appUrl}/dashboard/${path}${randomUUID()}`, { headers: user.cookie });
      return `${answer.status} ${await answer.text()}`;
    };
    await expect.poll(page, { timeout: 20_000 }).toMatch(/^200 [^]*Wait a moment/);
  }

  const other = createApi(stack, await createUser(stack));
  expect((await other.submit({ model: "unknown/at-all", input: { prompt: "x" } })).status).toBe(422);
  expect((await api.submit({ input: { prompt: "what is known is made", ...quick } })).status).toBe(201);
});

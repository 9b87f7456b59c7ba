import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { accepted, apiOf, fault } from "../support/api";
import { startAnotherApp } from "../support/another-app";
import { sql } from "../support/database";
import { createUser } from "../support/users";

const stack = inject("stack");
let app: Awaited<ReturnType<typeof startAnotherApp>>;

beforeAll(async () => {
  app = await startAnotherApp(stack, { DAILY_IMAGES_PER_USER: "10", MAX_IN_FLIGHT_PER_USER: "100" });
});
afterAll(() => app?.stop());

const statuses = (answers: Response[]) => answers.map((answer) => answer.status).toSorted((a, b) => a - b);

test("fifty requests at once get exactly the day's ten pictures", async () => {
  const api = apiOf(app, await createUser(stack));
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => api.submit({ input: { prompt: "a rush", num_inference_steps: 1 } })),
  );
  expect(statuses(answers)).toEqual([...Array(10).fill(201), ...Array(40).fill(429)]);
  expect(await accepted(stack, "a rush")).toHaveLength(10);
  const refused = answers.find((answer) => answer.status === 429);
  expect(await refused?.json()).toMatchObject({ type: "quota_exceeded" });
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
});

test("a request for four pictures counts four", async () => {
  const api = apiOf(app, await createUser(stack));
  const four = { input: { prompt: "by fours", num_outputs: 4, num_inference_steps: 1 } };
  const answers = [await api.submit(four), await api.submit(four), await api.submit(four)];
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 429]);
});

test("what Replicate refuses is given back", async () => {
  const user = await createUser(stack);
  const api = apiOf(app, user);
  await fault(stack, { match: "given back", create: { status: 422 } });
  await Promise.all(Array.from({ length: 10 }, () => api.submit({ input: { prompt: "given back" } })));
  await fault(stack, {});
  expect(await sql(stack, `select used from usage_daily where user_id = '${user.id}'`)).toEqual([{ used: 0 }]);
});

test("only so many may run at once", async () => {
  const few = await startAnotherApp(stack, { MAX_IN_FLIGHT_PER_USER: "3" });
  const api = apiOf(few, await createUser(stack));
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => api.submit({ input: { prompt: "three at once [slow]" } })),
  );
  expect(statuses(answers)).toEqual([...Array(3).fill(201), ...Array(17).fill(429)]);
  const running = answers.filter((answer) => answer.status === 201);
  await Promise.all(running.map(async (answer) => api.ask(answer.headers.get("location") ?? "", { method: "DELETE" })));
  await few.stop();
});

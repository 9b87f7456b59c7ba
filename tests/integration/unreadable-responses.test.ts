import { afterEach, expect, inject, test } from "vitest";
import { createApi, listAccepted, setFaults } from "../support/api";
import { createRemotePrediction, deliverWebhook, waitForRemoteEnd } from "../support/deliver-webhook";
import { readUsed, sql } from "../support/sql";
import { size } from "../support/form";
import { sweep } from "../support/sweep";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);

afterEach(() => setFaults(stack, {}));

const nested: unknown = JSON.parse("[".repeat(1000) + "]".repeat(1000));
const makeDue = (where: string) =>
  sql(stack, `update predictions set next_at = now(), lease_until = null where ${where}`);

test.each<[string, object]>([
  ["output that is nested a thousand deep", { output: nested }],
  ["a number for a time", { completed_at: "1", started_at: "0" }],
  ["metrics of another form", { metrics: { predict_time: "soon", total: nested } }],
  ["logs, an error and an input of another form", { logs: 7, error: nested, input: nested, webhook: {}, model: [] }],
])("a result with %s ends, by webhook and by poll", async (name, fields) => {
  for (const way of [{}, { webhooks: { drop: true } }]) {
    const prompt = `${name}, ${JSON.stringify(way)}`;
    await setFaults(stack, { match: name, fields, ...way });
    const { id } = await api.create({ prompt, num_inference_steps: 5 });
    const [remote] = await listAccepted(stack, prompt);
    await waitForRemoteEnd(stack, remote?.id ?? "");
    if ("webhooks" in way) {
      await makeDue(`id = '${id}'`);
      await sweep(stack);
    }
    const end = await api.until(id, ({ saved_at, save_error }) => saved_at !== null || save_error !== null);
    expect(end.status).toBe("succeeded");
    if ("webhooks" in way) continue;
    const response = await deliverWebhook(stack, {
      prediction: id,
      body: createRemotePrediction(remote?.id ?? "", "succeeded", fields),
    });
    expect(response.status).toBe(200);
  }
});

test("a response that can never be understood ends one prediction of many, and touches no other", async () => {
  const before = await readUsed(stack, user.id);
  const words = "one poisoned row";
  await setFaults(stack, { match: words, fields: { id: { a: nested } }, webhooks: { drop: true } });
  const { id } = await api.create({ prompt: words, num_inference_steps: 5 });
  const others = await sql<{ id: string }>(
    stack,
    `insert into predictions (user_id, idempotency_key, request_hash, model, input, status, replicate_id, created_at)
     select '${user.id}', 'other ' || n, 'h', 'a/b', '{"prompt": "another row"}', 'processing',
       'unknown' || lpad(n::text, 20, '0'), now() + interval '1 second' * n
     from generate_series(1, ${size(50, 199)}) n returning id`,
  );
  const mine = `user_id = '${user.id}'`;

  const cancel = await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(cancel.status).toBe(200);
  for (let round = 0; round < 4; round += 1) {
    await makeDue(`${mine} and next_at is not null`);
    expect((await sweep(stack)).status).toBe(200);
  }
  const end = await api.until(id, ({ status }) => status === "failed");
  expect(end).toMatchObject({ provisional: true, error: "Replicate's response could not be understood." });
  const attempts = await sql<{ n: number }>(
    stack,
    `select count(*)::int as n from predictions where ${mine} and status = 'processing' and attempts >= 1`,
  );
  expect(attempts).toEqual([{ n: others.length }]);
  expect(await readUsed(stack, user.id)).toBe(before);

  const list = await api.ask("/api/replicate?limit=100");
  expect(list.status).toBe(200);
  const page = await fetch(`${stack.appUrl}/dashboard/history`, { headers: user.cookie });
  expect(page.status).toBe(200);
  await sql(stack, `delete from predictions where ${mine} and request_hash = 'h'`);
});

test("a status that Replicate added since is shown as running, until an end comes", async () => {
  const words = "a status nobody knows";
  await setFaults(stack, { match: words, fields: { status: "paused" } });
  const { id } = await api.create({ prompt: words, num_inference_steps: 5 });
  await makeDue(`id = '${id}'`);
  await expect
    .poll(async () => (await sql(stack, `select attempts, next_at from predictions where id = '${id}'`))[0]?.next_at)
    .not.toBeNull();
  expect((await api.read(id)).status).toMatch(/starting|processing/);
  await setFaults(stack, {});
  await makeDue(`id = '${id}'`);
  expect((await api.saved(id)).images).toHaveLength(1);
});

import { validateWebhook } from "replicate";
import { expect, test } from "vitest";
import { signWebhook } from "../../../../../sandbox/replicate/webhooks/deliver-webhook.ts";
import { receiveWebhooks } from "../receive-webhooks.ts";
import { eventually, SDXL, SECRET, serve, small } from "../serve.ts";

const vectors = [
  {
    secret: SECRET,
    id: "msg_2sandbox0000000000000000001",
    timestamp: 1763719200,
    body: '{"id":"5kq8m2v7n9rma0csandbox0001","status":"succeeded","output":["https://replicate.delivery/xezq/sandbox/out-0.png"]}',
    signature: "v1,oBCX0S9j402D8hcerfZsEEHLgGXUAJIHqcEexK2JrXM=",
  },
  {
    secret: SECRET,
    id: "msg_2sandbox0000000000000000002",
    timestamp: 1763719201,
    body: '{"id":"5kq8m2v7n9rma0csandbox0001","status":"processing","logs":"  50%|█████     | 25/50 [00:01<00:01, 18.01it/s]"}',
    signature: "v1,fpBjiTBoXKEmdi6mf5kxdcJihjpxM+MljFSWwz+KFkU=",
  },
  {
    secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
    signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
];

test.each(vectors)("the signature of $id matches the published one", ({ secret, id, timestamp, body, signature }) => {
  expect(signWebhook(secret, id, timestamp, body)).toBe(signature);
});

test("every webhook contains the prediction and a signature that the official client accepts", async () => {
  const { replicate } = await serve();
  const hook = await receiveWebhooks();
  const created = await replicate.predictions.create({ version: SDXL, input: small, webhook: `${hook.url}?job=7` });
  await eventually(() => hook.bodies().at(-1)?.status).toBe("succeeded");
  for (const { path, signed, headers } of hook.received) {
    expect(await validateWebhook({ ...signed, secret: SECRET })).toBe(true);
    const request = new Request(new URL(path, hook.url), { method: "POST", headers, body: signed.body });
    expect(await validateWebhook(request, SECRET)).toBe(true);
    expect(Math.abs(Number(signed.timestamp) - Date.now() / 1000)).toBeLessThan(5);
  }
  expect(hook.received[0]?.path).toBe("/hook?job=7");
  expect(hook.bodies().at(-1)).toEqual(await replicate.predictions.get(created.id));
  expect(hook.bodies()[0]).toMatchObject({ status: "processing", output: null, started_at: expect.any(String) });
});

test("only the events of the filter are sent", async () => {
  const { replicate } = await serve();
  const hook = await receiveWebhooks();
  const create = (webhook_events_filter: ("start" | "output" | "completed")[]) =>
    replicate.predictions.create({ version: SDXL, input: small, webhook: hook.url, webhook_events_filter });
  await replicate.wait(await create(["completed"]), { interval: 10 });
  await eventually(() => hook.bodies().map(({ status }) => status)).toEqual(["succeeded"]);
  hook.received.length = 0;
  await replicate.wait(await create(["start", "output"]), { interval: 10 });
  await eventually(() => hook.bodies().map(({ output }) => output !== null)).toEqual([false, true]);
  expect(hook.bodies().every(({ status }) => status === "processing")).toBe(true);
});

test("log webhooks come at most every half second", async () => {
  const { replicate } = await serve({ clock: 4 });
  const hook = await receiveWebhooks();
  const input = { ...small, num_inference_steps: 50 };
  const options = { version: SDXL, input, webhook: hook.url, webhook_events_filter: ["logs" as const] };
  await replicate.wait(await replicate.predictions.create(options), { interval: 10 });
  expect(hook.received.length).toBeGreaterThan(3);
  expect(hook.received.length).toBeLessThan(10);
});

test("only the last webhook is retried, with the same id, until it is accepted", async () => {
  const { replicate, ledger } = await serve({ clock: 200 });
  const hook = await receiveWebhooks((n) => (n < 4 ? 500 : 200));
  const events = ["start" as const, "completed" as const];
  const { id } = await replicate.predictions.create({
    version: SDXL,
    input: small,
    webhook: hook.url,
    webhook_events_filter: events,
  });
  await eventually(async () => (await ledger()).webhooks.at(-1)?.outcome).toBe("200");
  const sent = (await ledger()).webhooks;
  expect(sent.map(({ prediction, event, attempt, outcome }) => [prediction, event, attempt, outcome])).toEqual([
    [id, "start", 1, "500"],
    [id, "completed", 1, "500"],
    [id, "completed", 2, "500"],
    [id, "completed", 3, "500"],
    [id, "completed", 4, "200"],
  ]);
  expect(new Set(hook.received.slice(1).map(({ signed }) => signed.id)).size).toBe(1);
});

test("it stops after seven attempts and follows no redirect", async () => {
  const { replicate, ledger } = await serve({ clock: 2_000 });
  const hook = await receiveWebhooks(() => 302);
  await replicate.predictions.create({
    version: SDXL,
    input: small,
    webhook: hook.url,
    webhook_events_filter: ["completed"],
  });
  await eventually(async () => (await ledger()).webhooks.length).toBe(7);
  expect((await ledger()).webhooks.every(({ outcome }) => outcome === "302")).toBe(true);
  expect(hook.received.every(({ path }) => path === "/hook")).toBe(true);
});

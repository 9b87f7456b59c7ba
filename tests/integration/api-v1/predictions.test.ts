import { randomUUID } from "node:crypto";
import type { Prediction } from "replicate";
import { expect, inject, onTestFinished, test } from "vitest";
import { startAnotherApp } from "../../support/another-app";
import { createApi, listAccepted } from "../../support/api";
import { askApiV1, connectReplicate, quickInput, SDXL } from "../../support/api-v1";
import { makeKey } from "../../support/keys";
import { startOutcome } from "../../support/rows";
import { sql } from "../../support/sql";
import { createUser } from "../../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const { key } = await makeKey(stack, user, { scopes: ["predict", "read", "manage"] });
const replicate = connectReplicate(stack, { accessToken: key });
const ask = askApiV1(stack, { bearer: { Authorization: `Bearer ${key}` } });
const OUTPUT = new RegExp(`^${stack.appUrl}/api/v1/outputs/[0-9a-f-]{36}/0/out-0\\.png\\?expires=\\d+&signature=`);

const create = (input: object, more: object = {}) =>
  replicate.predictions.create({ version: SDXL, input, ...more }) as Promise<Prediction>;

test("run waits for a slow prediction to end", async () => {
  const input = quickInput("slower than the wait", { num_inference_steps: 40 });
  const output = await replicate.run("stability-ai/sdxl", {
    input,
    wait: { mode: "block", timeout: 1, interval: 200 },
  });
  expect(output).toEqual([expect.stringMatching(OUTPUT)]);
});

test("a new prediction is told as Replicate tells it", async () => {
  const input = quickInput("just begun [slow]");
  const response = await ask("/predictions", { body: { version: SDXL, input } });
  expect(response.status).toBe(201);
  const prediction = (await response.json()) as Prediction;
  const self = `${stack.appUrl}/api/v1/predictions/${prediction.id}`;
  expect(response.headers.get("location")).toBe(self);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(prediction).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    model: "stability-ai/sdxl",
    version: SDXL,
    input,
    logs: "",
    output: null,
    data_removed: false,
    error: null,
    source: "api",
    status: "starting",
    created_at: expect.any(String),
    urls: { cancel: `${self}/cancel`, get: self, web: `${stack.appUrl}/dashboard/history` },
  });
  // If Replicate has not responded to the create request yet, the prediction is canceled a moment later.
  expect(await replicate.predictions.cancel(prediction.id)).toMatchObject({ id: prediction.id });
  const ended = { status: "canceled", completed_at: expect.any(String) };
  await expect.poll(() => replicate.predictions.get(prediction.id)).toMatchObject(ended);
  expect(await replicate.predictions.cancel(prediction.id)).toMatchObject(ended);
});

test("a wait ends with the whole result, or with the status starting and nothing else", async () => {
  const done = await ask("/predictions", {
    body: { version: SDXL, input: quickInput("in time") },
    headers: { prefer: "wait" },
  });
  expect([done.status, await done.json()]).toMatchObject([
    201,
    { status: "succeeded", output: [expect.stringMatching(OUTPUT)], metrics: { predict_time: expect.any(Number) } },
  ]);
  const late = await ask("/predictions", {
    body: { version: SDXL, input: quickInput("too late [slow]") },
    headers: { prefer: "wait=3" },
  });
  const prediction = (await late.json()) as Prediction;
  expect([late.status, prediction]).toMatchObject([202, { status: "starting", output: null, logs: "" }]);
  expect(prediction).not.toHaveProperty("started_at");
  await replicate.predictions.cancel(prediction.id);
});

test("a wait ends with the result, also without webhooks", async () => {
  const app = await startAnotherApp(stack, { REPLICATE_WEBHOOK_SIGNING_SECRET: "" });
  onTestFinished(() => app.stop());
  const body = { model: "replicate/hello-world", input: { text: "Ada" } };
  const [output, response] = await Promise.all([
    connectReplicate(app, { accessToken: key }).run("replicate/hello-world", body),
    createApi(app, user).submit(body, { prefer: "wait" }),
  ]);
  expect(output).toBe("hello Ada");
  expect(await response.json()).toMatchObject({ status: "succeeded", output });
});

test("a text that is written piece by piece has a stream, and the version of an official model is hidden", async () => {
  const model = "meta/meta-llama-3-8b-instruct";
  const prediction = await replicate.predictions.create({ model, input: { prompt: "a stream of words" } });
  expect(prediction).toMatchObject({ model, version: "hidden" });
  const { stream = "" } = prediction.urls;
  expect(stream).toMatch(new RegExp(`^${stack.appUrl}/api/v1/streams/${prediction.id}\\?expires=\\d+&signature=`));
  const { output } = await replicate.wait(prediction, { interval: 100 });
  expect((output as string[]).join("")).not.toBe("");
});

test("a repeated request with the same key starts one prediction", async () => {
  const body = { version: SDXL, input: quickInput("asked twice") };
  const headers = { "idempotency-key": randomUUID() };
  const [first, second] = await Promise.all([
    ask("/predictions", { body, headers }),
    ask("/predictions", { body, headers }),
  ]);
  expect(((await second.json()) as Prediction).id).toBe(((await first.json()) as Prediction).id);
  expect(await listAccepted(stack, "asked twice")).toHaveLength(1);
});

test("a deadline ends the prediction at Replicate, and is told", async () => {
  const response = await ask("/predictions", {
    body: { version: SDXL, input: quickInput("five seconds [slow]") },
    headers: { "cancel-after": "5s" },
  });
  const { id, created_at, deadline } = (await response.json()) as Prediction & { deadline: string };
  expect(Date.parse(deadline) - Date.parse(created_at)).toBe(5_000);
  const ended = await createApi(stack, user).ended(id);
  expect(["canceled", "aborted"]).toContain(ended.status);
});

test("a queued prediction is aborted at its deadline, without being sent", async () => {
  const id = randomUUID();
  await startOutcome(stack, user, { id, model: "stability-ai/sdxl", input: { prompt: "never sent" } });
  await sql(
    stack,
    `update predictions set status = 'queued', sent_at = null, lease_token = null, lease_until = null,
     deadline = now(), next_at = now() where id = '${id}'`,
  );
  await expect.poll(async () => (await replicate.predictions.get(id)).status).toBe("aborted");
  expect(await listAccepted(stack, "never sent")).toEqual([]);
});

test("the list has the caller's predictions in pages, newest first and without logs", async () => {
  const owner = await createUser(stack);
  const insert = `insert into predictions (user_id, idempotency_key, request_hash, model, input, status, next_at, created_at)
    select '${owner.id}', n::text, 'h', 'a/b', '{}', 'failed', null, timestamptz '2026-01-01T00:00:00Z' + n * interval '1 minute'
    from generate_series(1, 250) n`;
  await sql(stack, insert);
  const own = connectReplicate(stack, owner);
  const pages: Prediction[][] = [];
  for await (const page of own.paginate(own.predictions.list)) pages.push(page as Prediction[]);
  expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
  const times = pages.flat().map(({ created_at }) => created_at);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(pages[0]?.[0]).not.toHaveProperty("logs");

  const list = async (url: string) =>
    (await (await fetch(url, { headers: owner.bearer })).json()) as {
      next: string;
      previous: string;
      results: Prediction[];
    };
  const first = await list(`${stack.appUrl}/api/v1/predictions`);
  const second = await list(first.next);
  expect(first.previous).toBeNull();
  expect((await list(second.previous)).results).toEqual(first.results);
  expect((await list(second.previous)).previous).toBeNull();
  const between = "created_after=2026-01-01T00:10:00Z&created_before=2026-01-01T00:12:00Z";
  expect((await list(`${stack.appUrl}/api/v1/predictions?${between}`)).results).toHaveLength(2);
  expect((await list(`${stack.appUrl}/api/v1/predictions?source=web`)).results).toEqual([]);
});

test("a prediction counts toward the limit of the key that starts it", async () => {
  const owner = await createUser(stack);
  const { key: limited, id: keyId } = await makeKey(stack, owner, { daily_images: 1 });
  const byKey = connectReplicate(stack, { accessToken: limited });
  const input = quickInput("by a key");
  const { id } = await byKey.predictions.create({ version: SDXL, input });
  expect(await sql(stack, `select key_id from predictions where id = '${id}'`)).toEqual([{ key_id: keyId }]);
  await expect(byKey.predictions.create({ version: SDXL, input })).rejects.toThrow('"title":"Insufficient credit"');
  expect(await connectReplicate(stack, owner).predictions.create({ version: SDXL, input })).toHaveProperty("id");
});

test("another user's predictions are not found", async () => {
  const { id } = await create(quickInput("somebody else's"));
  const other = connectReplicate(stack, await createUser(stack));
  await expect(other.predictions.get(id)).rejects.toThrow("404");
  await expect(other.predictions.cancel(id)).rejects.toThrow("404");
  expect((await other.predictions.list()).results).toEqual([]);
  expect((await createApi(stack, user).saved(id)).status).toBe("succeeded");
});

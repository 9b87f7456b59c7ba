import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { listAccepted, createApi, setFaults, readLedger } from "../support/api";
import { makeSavedImage } from "../support/saved-image";
import { sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const quick = { num_inference_steps: 1, width: 256, height: 256 };

afterEach(() => setFaults(stack, {}));

const ids = async (answers: Response[]) =>
  new Set(await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id)));

test("thirty submits with one key create one prediction", async () => {
  const body = { input: { prompt: "thirty clicks", ...quick } };
  const key = { "idempotency-key": randomUUID() };
  const answers = await Promise.all(Array.from({ length: 30 }, () => api.submit(body, key)));
  expect(answers.map((answer) => answer.status)).toEqual(Array(30).fill(201));
  expect((await ids(answers)).size).toBe(1);
  expect(await listAccepted(stack, "thirty clicks")).toHaveLength(1);
});

test("a key that was used for a different request is refused", async () => {
  const key = { "idempotency-key": randomUUID() };
  expect((await api.submit({ input: { prompt: "first wish", ...quick } }, key)).status).toBe(201);
  const second = await api.submit({ input: { prompt: "second wish" } }, key);
  expect(second.status).toBe(422);
  expect(await second.json()).toMatchObject({ type: "idempotency_mismatch" });
  expect(await listAccepted(stack, "second wish")).toHaveLength(0);
});

test("a repeated request gets the same answer after its input image was deleted", async () => {
  const { image } = await makeSavedImage(api, "given, then deleted");
  const key = { "idempotency-key": randomUUID() };
  const body = { model: "nightmareai/real-esrgan", input: { image: image.url } };
  const { id } = (await (await api.submit(body, key)).json()) as { id: string };
  await api.saved(id);
  expect((await api.ask(image.url, { method: "DELETE" })).status).toBe(204);
  const again = await api.submit(body, key);
  expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([201, id]);
  expect((await api.submit(body)).status).toBe(422);
});

test("two users may use the same key", async () => {
  const key = { "idempotency-key": randomUUID() };
  const other = createApi(stack, await createUser(stack));
  const body = { input: { prompt: "same key", ...quick } };
  expect((await ids([await api.submit(body, key), await other.submit(body, key)])).size).toBe(2);
});

test("a create whose connection breaks after Replicate accepted it is recovered, not repeated", async () => {
  await setFaults(stack, { match: "broken line", create: { drop: "after" } });
  const { id } = await api.create({ prompt: "broken line" });
  const saved = await api.saved(id);
  expect(saved.images).toHaveLength(1);
  expect(await listAccepted(stack, "broken line")).toHaveLength(1);
});

test("without webhooks a lost create is recovered from Replicate's list of predictions", async () => {
  await setFaults(stack, { match: "silent and lost", create: { drop: "after" }, webhooks: { drop: true } });
  const { id } = await api.create({ prompt: "silent and lost" });
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await listAccepted(stack, "silent and lost")).toHaveLength(1);
});

test("a lost create is recovered by an app whose address has changed", async () => {
  const rules = { match: "moved house", create: { drop: "after" }, webhooks: { drop: true } };
  await setFaults(stack, [rules, { list: { status: 503 } }]);
  const before = await startAnotherApp(stack, { APP_URL: "http://localhost:1" });
  const { id } = await createApi(before, user).create({ prompt: "moved house" });
  await before.stop();
  await setFaults(stack, {});
  await sql(stack, `update predictions set next_at = now(), lease_until = null where id = '${id}'`);
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await listAccepted(stack, "moved house")).toHaveLength(1);
});

for (const [name, create] of Object.entries({
  "an answer of 502 after acceptance": { status: 502, accepted: true },
  "an answer that is not JSON": { body: "invalid_json" },
  "an answer without an id": { body: "no_id" },
})) {
  test(`${name} leads to one prediction, which is saved`, async () => {
    const prompt = `unclear: ${name}`;
    await setFaults(stack, { match: prompt, create });
    const { id } = await api.create({ prompt });
    expect((await api.saved(id)).images).toHaveLength(1);
    expect(await listAccepted(stack, prompt)).toHaveLength(1);
  });
}

test("a create that Replicate refuses names the wrong fields and leaves no prediction at Replicate", async () => {
  await setFaults(stack, { match: "refused", create: { status: 422 } });
  const before = (await readLedger(stack)).predictions.length;
  const answer = await api.submit({ input: { prompt: "refused" } });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    type: "invalid_input",
    invalid_fields: [{ field: "input", description: "prompt is required" }],
  });
  expect((await readLedger(stack)).predictions).toHaveLength(before);
});

test("a token that Replicate refuses is reported as a provider error, not as the user's", async () => {
  await setFaults(stack, { match: "no credit", create: { status: 402 } });
  const answer = await api.submit({ input: { prompt: "no credit" } });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ type: "provider_unavailable" });
});

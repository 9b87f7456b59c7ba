import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import { startAnotherApp } from "../support/another-app";
import { accepted, apiOf, fault, ledger } from "../support/api";
import { makeKept } from "../support/saved-image";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = apiOf(stack, user);

afterEach(() => fault(stack, {}));

const ids = async (answers: Response[]) =>
  new Set(await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id)));

test("thirty submissions with one key are one prediction", async () => {
  const body = { input: { prompt: "thirty clicks" } };
  const key = { "idempotency-key": randomUUID() };
  const answers = await Promise.all(Array.from({ length: 30 }, () => api.submit(body, key)));
  expect(answers.map((answer) => answer.status)).toEqual(Array(30).fill(201));
  expect((await ids(answers)).size).toBe(1);
  expect(await accepted(stack, "thirty clicks")).toHaveLength(1);
});

test("a key that was used for another request is refused", async () => {
  const key = { "idempotency-key": randomUUID() };
  expect((await api.submit({ input: { prompt: "first wish" } }, key)).status).toBe(201);
  const second = await api.submit({ input: { prompt: "second wish" } }, key);
  expect(second.status).toBe(422);
  expect(await second.json()).toMatchObject({ type: "idempotency_mismatch" });
  expect(await accepted(stack, "second wish")).toHaveLength(0);
});

test("a repetition is answered as before after the image that was given is gone", async () => {
  const { image } = await makeKept(api, "given, then deleted");
  const key = { "idempotency-key": randomUUID() };
  const body = { model: "nightmareai/real-esrgan", input: { image: image.url } };
  const { id } = (await (await api.submit(body, key)).json()) as { id: string };
  await api.saved(id);
  expect((await api.ask(image.url, { method: "DELETE" })).status).toBe(204);
  const again = await api.submit(body, key);
  expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([201, id]);
  expect((await api.submit(body)).status).toBe(422);
});

test("two people may use the same key", async () => {
  const key = { "idempotency-key": randomUUID() };
  const other = apiOf(stack, await createUser(stack));
  const body = { input: { prompt: "same key" } };
  expect((await ids([await api.submit(body, key), await other.submit(body, key)])).size).toBe(2);
});

test("a create whose connection breaks after it was accepted is found again and not repeated", async () => {
  await fault(stack, { match: "broken line", create: { drop: "after" } });
  const { id } = await api.create({ prompt: "broken line" });
  const saved = await api.saved(id);
  expect(saved.images).toHaveLength(1);
  expect(await accepted(stack, "broken line")).toHaveLength(1);
});

test("without webhooks a lost create is found among the recent predictions", async () => {
  await fault(stack, { match: "silent and lost", create: { drop: "after" }, webhooks: { drop: true } });
  const { id } = await api.create({ prompt: "silent and lost" });
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await accepted(stack, "silent and lost")).toHaveLength(1);
});

test("a lost create is found by an app that has moved to another address since", async () => {
  const rules = { match: "moved house", create: { drop: "after" }, webhooks: { drop: true } };
  await fault(stack, [rules, { list: { status: 503 } }]);
  const before = await startAnotherApp(stack, { APP_URL: "http://localhost:1" });
  const { id } = await apiOf(before, user).create({ prompt: "moved house" });
  await before.stop();
  await fault(stack, {});
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await accepted(stack, "moved house")).toHaveLength(1);
});

for (const [name, create] of Object.entries({
  "an answer of 502 after acceptance": { status: 502, accepted: true },
  "an answer that is not JSON": { body: "invalid_json" },
  "an answer without an id": { body: "no_id" },
})) {
  test(`${name} leads to one prediction, which is kept`, async () => {
    const prompt = `unclear: ${name}`;
    await fault(stack, { match: prompt, create });
    const { id } = await api.create({ prompt });
    expect((await api.saved(id)).images).toHaveLength(1);
    expect(await accepted(stack, prompt)).toHaveLength(1);
  });
}

test("a create that Replicate refuses is told with its fields and leaves nothing behind there", async () => {
  await fault(stack, { match: "refused", create: { status: 422 } });
  const before = (await ledger(stack)).predictions.length;
  const answer = await api.submit({ input: { prompt: "refused" } });
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    type: "invalid_input",
    invalid_fields: [{ field: "input", description: "prompt is required" }],
  });
  expect((await ledger(stack)).predictions).toHaveLength(before);
});

test("a token that Replicate does not accept is our trouble, not the person's", async () => {
  await fault(stack, { match: "no credit", create: { status: 402 } });
  const answer = await api.submit({ input: { prompt: "no credit" } });
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ type: "provider_unavailable" });
});

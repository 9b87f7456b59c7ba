import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { createApi, listAccepted } from "../support/api";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));

const requestFor = (prompt: string, input: object = { seed: 7 }) => ({
  model: "stability-ai/sdxl",
  input: { prompt, width: 256, height: 256, num_inference_steps: 5, ...input },
  reuse: true,
});
const read = async (response: Response) => (await response.json()) as Prediction;

/**
 * Sends `first`, waits until its files are saved, and sends `second`. Returns the status of the second response, and whether
 * it has the same prediction as the first one.
 */
async function repeat(first: object, second = first) {
  const { id } = await read(await api.submit(first));
  await api.saved(id);
  const answer = await api.submit(second);
  return [answer.status, (await read(answer)).id === id];
}

test("the same image with a seed is made and counted once", async () => {
  const countImages = async () => ((await (await api.ask("/api/usage")).json()) as { images: { used: number } }).images;
  const before = (await countImages()).used;
  expect(await repeat(requestFor("made once"))).toEqual([200, true]);
  expect(await listAccepted(stack, "made once")).toHaveLength(1);
  expect((await countImages()).used).toBe(before + 1);
});

test("a repeated request gets its prediction as without reuse, even after a failure", async () => {
  const key = { "idempotency-key": randomUUID() };
  const request = requestFor("sent again [fail]");
  const { id } = await read(await api.submit(request, key));
  await api.ended(id);
  const again = await api.submit(request, key);
  expect([again.status, (await read(again)).id]).toEqual([201, id]);
  expect((await read(await api.submit(request))).id).not.toBe(id);
});

test("many equal requests at once, sent with one key, start one prediction", async () => {
  const request = requestFor("once at a time");
  const key = { "idempotency-key": randomUUID() };
  const answers = await Promise.all(Array.from({ length: 20 }, () => api.submit(request, key)));
  expect(new Set(await Promise.all(answers.map(async (answer) => (await read(answer)).id))).size).toBe(1);
  expect(await listAccepted(stack, "once at a time")).toHaveLength(1);
});

test.each([
  ["no seed", requestFor("no seed", {}), undefined],
  ["a random seed", requestFor("random seed", { seed: -1 }), undefined],
  ["no wish to reuse", requestFor("each anew"), { ...requestFor("each anew"), reuse: false }],
  ["no model", { ...requestFor("no model"), model: undefined }, undefined],
  ["another seed", requestFor("other seed"), requestFor("other seed", { seed: 8 })],
])("with %s, the image is made again", async (_, first, second) => {
  expect(await repeat(first, second)).toEqual([201, false]);
});

test("an image that was deleted is made again, and so is that of another user", async () => {
  const request = requestFor("made, then deleted");
  const { id } = await read(await api.submit(request));
  const [image] = (await api.saved(id)).images;
  expect((await createApi(stack, await createUser(stack)).submit(request)).status).toBe(201);
  expect((await api.ask(`${image?.url}?undo=15`, { method: "DELETE" })).status).toBe(204);
  expect((await api.submit(request)).status).toBe(201);
});

import { afterEach, expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { createApi, setFaults } from "../support/api";
import { readUsed, sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const other = createApi(stack, await createUser(stack));
const quick = { num_inference_steps: 5, width: 256, height: 256 };
const save = (id: string, as = api) => as.ask(`/api/replicate/${id}/save`, { method: "POST" });

afterEach(() => setFaults(stack, {}));

/** Requests one image. The model returns `count` files. */
async function runWith(count: number, prompt: string): Promise<Prediction> {
  await setFaults(stack, { match: prompt, output: Array(count).fill("file:0") });
  const { id } = await api.create({ prompt, ...quick });
  return api.until(id, ({ saved_at, save_error }) => saved_at !== null || save_error !== null);
}

test("of sixty files the first fifty are saved, and the rest when the user asks for it", async () => {
  const used = await readUsed(stack, user.id);
  const partly = await runWith(60, "sixty at once");
  expect(partly).toMatchObject({ status: "succeeded", save_error: "too_many", saved_at: null });
  expect(partly.images.map(({ position }) => position)).toEqual([...Array(50).keys()]);
  expect(await readUsed(stack, user.id)).toBe(used + 60);

  const answer = await save(partly.id);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ id: partly.id, save_error: null, saved_at: null });
  const whole = await api.saved(partly.id);
  expect(whole).toMatchObject({ save_error: null, output: whole.images.map(({ url }) => url) });
  expect(whole.images).toHaveLength(60);
  expect(await readUsed(stack, user.id)).toBe(used + 60);

  expect(await (await save(partly.id)).json()).toEqual(whole);
});

test("only the owner can have the rest saved, and only until it has expired", async () => {
  const { id, images } = await runWith(51, "too late for the rest");
  expect((await save(id, other)).status).toBe(404);
  expect((await fetch(new URL(`/api/replicate/${id}/save`, stack.appUrl), { method: "POST" })).status).toBe(403);
  expect((await api.ask(`/api/replicate/${id}/save`)).status).toBe(405);
  expect(await api.read(id)).toMatchObject({ save_error: "too_many" });

  await sql(stack, `update predictions set output_expires_at = now() - interval '1 second' where id = '${id}'`);
  const expired = await api.read(id);
  expect(expired).toMatchObject({ save_error: "expired", saved_at: null, images });
  expect(await (await save(id)).json()).toEqual(expired);
});

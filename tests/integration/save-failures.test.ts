import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import type { Prediction } from "@/lib/predictions/schema";
import { listAccepted, createApi, setFaults } from "../support/api";
import { sql } from "../support/sql";
import { sweep } from "../support/sweep";
import { createUser } from "../support/users";

const stack = inject("stack");
const api = createApi(stack, await createUser(stack));
const quick = { num_inference_steps: 5, width: 256, height: 256 };

afterEach(() => setFaults(stack, {}));

const makeDue = (id: string, more = "") =>
  sql(stack, `update predictions set next_at = now(), lease_until = null${more} where id = '${id}'`);

/** Makes the prediction due and sweeps, again and again without the usual pauses, until the prediction is saved. */
async function savedSoon(id: string) {
  const advance = async () => {
    await sql(stack, `update predictions set next_at = now() where id = '${id}' and next_at is not null`);
    await sweep(stack);
    return (await api.read(id)).saved_at;
  };
  await expect.poll(advance, { timeout: 20_000, interval: 300 }).not.toBeNull();
  return api.read(id);
}

test("a cancel is saved while a create waits for Replicate's refusal", async () => {
  await setFaults(stack, { match: "no and never mind", create: { delay: 1500, status: 429, count: 1 } });
  const submitted = api.create({ prompt: "no and never mind", ...quick });
  const isThere = () =>
    api.ask("/api/replicate").then(async (answer) => (await answer.json()) as { results: Prediction[] });
  await expect.poll(async () => (await isThere()).results.length).toBeGreaterThan(0);
  const [row] = (await isThere()).results;
  await api.ask(`/api/replicate/${row?.id}`, { method: "DELETE" });
  await submitted;
  expect((await api.ended(row?.id ?? "")).status).toBe("canceled");
  expect(await listAccepted(stack, "no and never mind")).toHaveLength(0);
});

test("a lost create is not given up while Replicate's list is unavailable", async () => {
  await setFaults(stack, [
    { match: "lost for long", create: { drop: "after" }, webhooks: { drop: true } },
    { list: { status: 503 } },
  ]);
  const { id } = await api.create({ prompt: "lost for long", ...quick });
  await makeDue(id, ", sent_at = now() - interval '130 seconds'");
  const attempts = async () =>
    (await sql<{ attempts: number }>(stack, `select attempts from predictions where id = '${id}'`))[0]?.attempts;
  await expect.poll(attempts, { timeout: 15_000 }).toBeGreaterThan(1);
  expect((await api.read(id)).status).toBe("starting");
  await sql(stack, `update predictions set sent_at = created_at where id = '${id}'`);
  await setFaults(stack, {});
  expect((await api.saved(id)).images).toHaveLength(1);
});

test("a lost create is recovered by its webhook while Replicate's list is unavailable", async () => {
  await setFaults(stack, [{ match: "found by webhook", create: { drop: "after" } }, { list: { status: 503 } }]);
  const { id } = await api.create({ prompt: "found by webhook", ...quick });
  expect((await api.saved(id)).images).toHaveLength(1);
  expect(await listAccepted(stack, "found by webhook")).toHaveLength(1);
});

test("an output with characters that Postgres refuses is saved", async () => {
  await setFaults(stack, { match: "with a hole", output: ["file:0", "a\0b"] });
  const { id } = await api.create({ prompt: "with a hole", ...quick });
  expect((await api.saved(id)).images).toHaveLength(1);
});

test("a prediction that waited long in the queue is not treated as lost", async () => {
  const { id } = await api.create({ prompt: "patient [429]", ...quick });
  await sql(stack, `update predictions set created_at = created_at - interval '50 minutes' where id = '${id}'`);
  await setFaults(stack, { match: "patient", webhooks: { drop: true } });
  expect((await savedSoon(id)).images).toHaveLength(1);
});

test("a prediction that Replicate briefly answers with 404 continues", async () => {
  await setFaults(stack, { match: "unknown for now", get: { status: 404, count: 2 }, webhooks: { drop: true } });
  const { id } = await api.create({ prompt: "unknown for now", ...quick });
  expect((await savedSoon(id)).images).toHaveLength(1);
});

test("a prediction whose cancel Replicate refuses shows how it really ended", async () => {
  await setFaults(stack, { match: "too late", cancel: { status: 404 }, webhooks: { drop: true } });
  const { id } = await api.create({ prompt: "too late", ...quick });
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect((await api.saved(id)).images).toHaveLength(1);
});

test("a request repeated later gets the prediction's current state", async () => {
  const key = { "idempotency-key": randomUUID() };
  const body = { input: { prompt: "again, please", ...quick } };
  const { id } = (await (await api.submit(body, key)).json()) as Prediction;
  const saved = await api.saved(id);
  expect(await (await api.submit(body, key)).json()).toEqual(saved);
});

test("an ETag that a proxy made weak still matches", async () => {
  const { id } = await api.create({ prompt: "weakened", ...quick });
  await api.saved(id);
  const etag = (await api.ask(`/api/replicate/${id}`)).headers.get("etag");
  const again = await api.ask(`/api/replicate/${id}`, { headers: { "if-none-match": `W/${etag}` } });
  expect(again.status).toBe(304);
});

import { expect, inject, test } from "vitest";
import { createApi, setFaults } from "../support/api";
import { readUsed, sql } from "../support/sql";
import { createUser } from "../support/users";

const stack = inject("stack");
const user = await createUser(stack);
const api = createApi(stack, user);
const make = (prompt: string) => api.create({ prompt, num_outputs: 2, num_inference_steps: 5 });

test("a failed prediction has the model's own error message", async () => {
  const end = await api.ended((await make("a tower [fail]")).id);
  expect(end).toMatchObject({ status: "failed", error_code: "model_failed", images: [], saved_at: null });
  expect(end.error).toContain("CUDA out of memory");
});

test("an image that the safety check rejects has its own error code", async () => {
  const end = await api.ended((await make("a tower [nsfw]")).id);
  expect(end).toMatchObject({ status: "failed", error_code: "content_rejected" });
});

test("when the model returns one of two files, it is saved and the prediction says that one is missing", async () => {
  const end = await api.ended((await make("a tower [partial]")).id);
  expect(end).toMatchObject({ status: "succeeded", save_error: "dropped", saved_at: expect.any(String) });
  expect(end.images).toHaveLength(1);
});

test("a prediction that Replicate rate-limits is queued, and its images are saved later", async () => {
  const { id } = await make("a tower [429]");
  const first = await api.until(id, ({ status }) => status === "queued");
  expect(Date.parse(first.queued_until ?? "")).toBeGreaterThan(Date.parse(first.created_at));
  expect((await api.ended(first.id)).images).toHaveLength(2);
});

for (const word of ["[flaky]", "[truncated]"]) {
  test(`a file that fails to download at first is fetched again ${word}`, async () => {
    const { id } = await make(`a tower ${word}`);
    const trying = await api.until(id, (prediction) => prediction.save_error !== null || prediction.saved_at !== null);
    expect(trying.save_error).toBe("retrying");
    expect(trying.output_expires_at).not.toBeNull();
    expect((await api.saved(id)).images).toHaveLength(2);
  });
}

test("a create whose response is lost is recovered", async () => {
  expect((await api.ended((await make("a tower [lost]")).id)).images).toHaveLength(2);
});

test("files that Replicate has deleted are marked as expired at once", async () => {
  const { id } = await make("a tower [expired]");
  const end = await api.until(id, ({ save_error }) => save_error !== null);
  expect(end).toMatchObject({ status: "succeeded", saved_at: null, save_error: "expired", images: [] });
});

test("missing files are marked as expired only when their hour is over", async () => {
  await setFaults(stack, { match: "a missing tower", delivery: { status: 404 } });
  const { id } = await make("a missing tower");
  await api.until(id, ({ save_error }) => save_error === "retrying");
  await sql(
    stack,
    `update predictions set output_expires_at = now() - interval '1 second', next_at = now() where id = '${id}'`,
  );
  const end = await api.until(id, ({ save_error }) => save_error === "expired");
  expect(end).toMatchObject({ status: "succeeded", saved_at: null, images: [] });
  await setFaults(stack, {});
});

test("a running prediction is canceled at Replicate and stays canceled", async () => {
  const { id } = await make("a tower [slow]");
  await api.until(id, ({ status }) => status === "processing");
  const canceled = await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(canceled.status).toBe(200);
  expect((await api.ended(id)).status).toBe("canceled");
  const again = await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(await again.json()).toMatchObject({ status: "canceled" });
});

test("canceling a queued prediction costs nothing and returns its images to the quota", async () => {
  const before = await readUsed(stack, user.id);
  const { id } = await make("a second tower [429]");
  await api.until(id, ({ status }) => status === "queued");
  expect(await readUsed(stack, user.id)).toBe(before + 2);
  await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(await api.ended(id)).toMatchObject({ status: "canceled", started_at: null });
  expect(await readUsed(stack, user.id)).toBe(before);
});

test("canceling a finished prediction changes nothing", async () => {
  const { id } = await make("a finished tower");
  const saved = await api.saved(id);
  const answer = await api.ask(`/api/replicate/${id}`, { method: "DELETE" });
  expect(await answer.json()).toEqual(saved);
});

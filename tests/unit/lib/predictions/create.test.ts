import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { createPrediction } from "@/lib/predictions/create";
import type { findRowByKey } from "@/lib/predictions/rows";
import type { NewPrediction } from "@/lib/predictions/input/new-prediction";
import { ReplicateError } from "@/lib/replicate/errors";
import type { sendPrediction } from "@/lib/predictions/send-to-replicate";
import { storageFull } from "@/lib/supabase/result";
import { predictionRow } from "./row";
import { USER } from "../sessions";

const step = vi.hoisted(() => ({
  resolve: vi.fn<(...values: unknown[]) => Promise<object>>(),
  own: vi.fn<(input: object) => Promise<object>>(),
  find: vi.fn<typeof findRowByKey>(),
  insert: vi.fn<(request: object) => Promise<object>>(),
  send: vi.fn<typeof sendPrediction>(),
  after: vi.fn<(work: () => unknown) => void>(),
  requireRoom: vi.fn<() => Promise<void>>(),
}));
const settings = vi.hoisted(() => ({ ALLOWED_MODELS: ["*"], REPLICATE_MODEL_VERSION: "a/b", UNKNOWN_RUN_USD: 0.1 }));
vi.mock("@/lib/env", () => ({ env: () => settings }));
vi.mock("@/lib/models/resolve", () => ({ resolveModel: step.resolve }));
vi.mock("@/lib/media/input-files", () => ({ requireOwnMedia: step.own }));
vi.mock("@/lib/media/storage", () => ({ requireRoom: step.requireRoom }));
vi.mock("@/lib/media/queries", () => ({ listSavedMedia: () => Promise.resolve([]) }));
vi.mock("@/lib/predictions/rows", async (original) => ({
  ...(await original<object>()),
  findRowByKey: step.find,
}));
vi.mock("@/lib/predictions/insert-row", async (original) => ({
  ...(await original<object>()),
  insertPrediction: step.insert,
}));
vi.mock("@/lib/predictions/send-to-replicate", () => ({ sendPrediction: step.send }));
vi.mock("next/server", () => ({ after: step.after }));

const user = USER;
const body = { model: "a/b", input: { prompt: "a fox" } };
const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
const earlier = predictionRow({ request_hash: hash, status: "processing", replicate_id: "r" });

beforeEach(() => {
  step.resolve.mockReset().mockResolvedValue({ model: "a/b", version: null, schema: null });
  step.own.mockReset().mockImplementation((input) => Promise.resolve(input));
  step.requireRoom.mockReset().mockResolvedValue();
  step.find.mockReset().mockResolvedValue(null);
  step.insert.mockReset().mockResolvedValue({ outcome: "replayed", row: earlier });
});

const withdrawn = new AppError("model_not_allowed", "a/b is not allowed here.");
const deleted = new AppError("invalid_input", "That image is not yours, or it has been deleted.");

test.each([
  ["its model was withdrawn", () => step.resolve.mockRejectedValue(withdrawn)],
  ["its image was deleted", () => step.own.mockRejectedValue(deleted)],
])("a repeated request returns its prediction after %s", async (_, change) => {
  change();
  step.find.mockResolvedValue(earlier);
  expect(await createPrediction(user, body, "key")).toMatchObject({ id: earlier.id, status: "processing" });
  expect(step.find).toHaveBeenCalledExactlyOnceWith(user.id, "key");
  expect(step.insert).not.toHaveBeenCalled();
});

test("a new request is refused, and so is a different one with the same key", async () => {
  step.resolve.mockRejectedValue(withdrawn);
  await expect(createPrediction(user, body, "key")).rejects.toBe(withdrawn);
  step.find.mockResolvedValue(predictionRow({ request_hash: "another" }));
  await expect(createPrediction(user, body, "key")).rejects.toMatchObject({ code: "idempotency_mismatch" });
});

test.each([
  ["a webhook", { webhook: "https://a.test/" }],
  ["a deadline", { cancelAfter: 60 }],
])("the same key with %s is another request", async (_, more) => {
  step.resolve.mockRejectedValue(withdrawn);
  step.find.mockResolvedValue(earlier);
  await expect(createPrediction(user, body, "key", more)).rejects.toMatchObject({ code: "idempotency_mismatch" });
});

test.each([
  ["storage", () => step.requireRoom.mockRejectedValue(storageFull())],
  ["the database", () => step.insert.mockRejectedValue(storageFull())],
])("while %s is full, a new request is refused and a repeated one returns its prediction", async (_, fill) => {
  fill();
  await expect(createPrediction(user, body, "key")).rejects.toMatchObject({ code: "storage_full" });
  step.find.mockResolvedValue(earlier);
  expect(await createPrediction(user, body, "key")).toMatchObject({ id: earlier.id, status: "processing" });
});

test("while the database is unavailable, an earlier row is not looked for: it may be from this request", async () => {
  step.insert.mockRejectedValue(new AppError("db_unavailable", "unavailable"));
  await expect(createPrediction(user, body, "key")).rejects.toMatchObject({ code: "db_unavailable" });
  expect(step.find).not.toHaveBeenCalled();
});

test("a valid request is inserted without a query for an earlier one", async () => {
  await createPrediction(user, body, "key");
  expect([step.find.mock.calls.length, step.insert.mock.calls.length]).toEqual([0, 1]);
});

describe("what the limits count", () => {
  test("is the price of the model for this input", async () => {
    step.resolve.mockResolvedValue({ model: "google/nano-banana", version: null, schema: null });
    await createPrediction(user, body, "key");
    const price = { basis: "price", usual: 0.039, file: 0.039 };
    expect(step.insert.mock.lastCall?.[0]).toMatchObject({ image_count: 1, max_usd: 0.039, price });
  });

  test("is money alone for text", async () => {
    const schema = { components: { schemas: { Input: {}, Output: { type: "string" } } } };
    step.resolve.mockResolvedValue({ model: "meta/meta-llama-3-8b-instruct", version: null, schema });
    await createPrediction(user, body, "key");
    expect(step.insert.mock.lastCall?.[0]).toMatchObject({
      image_count: 0,
      price: { input_token: expect.closeTo(5e-8, 12) },
    });
  });
});

test("a run that may cost more than the limit is refused before a row is inserted", async () => {
  settings.ALLOWED_MODELS = ["featured"];
  const schema = { components: { schemas: { Input: { properties: { prompt: { type: "string" } } } } } };
  step.resolve.mockResolvedValue({ model: "google/nano-banana-pro", version: null, schema });
  await expect(createPrediction(user, body, "key")).rejects.toMatchObject({ code: "run_too_expensive" });
  expect(step.insert).not.toHaveBeenCalled();
  settings.ALLOWED_MODELS = ["*"];
});

test("a row whose insert was not confirmed is returned, and not sent", async () => {
  step.insert.mockResolvedValue({ outcome: "unknown", row: predictionRow({ status: "queued" }) });
  expect(await createPrediction(user, body, "key")).toMatchObject({ status: "queued", images: [] });
});

describe("the result of a create request", () => {
  const row = predictionRow();
  const started = predictionRow({ status: "processing", revision: 2 });
  beforeEach(() => {
    step.insert.mockResolvedValue({ outcome: "created", row });
    step.after.mockReset();
  });

  test("is in the response if it is saved quickly", async () => {
    step.send.mockResolvedValue({ saved: Promise.resolve(started), rejection: null });
    expect(await createPrediction(user, body, "key")).toMatchObject({ status: "processing", revision: 2 });
  });

  test("is saved after the response if the database is slow", async () => {
    const saved = Promise.withResolvers<typeof row>();
    step.send.mockResolvedValue({ saved: saved.promise, rejection: null });
    expect(await createPrediction(user, body, "key")).toMatchObject({ status: "starting", revision: 1 });
    let isSaved = false;
    const background = Promise.resolve(step.after.mock.calls[0]?.[0]()).then(() => (isSaved = true));
    expect(isSaved).toBe(false);
    saved.resolve(started);
    await background;
  });

  test("is told as a rejection even before it is saved", async () => {
    const rejection = new ReplicateError("rejected", "width is too large");
    step.send.mockResolvedValue({ saved: new Promise(() => {}), rejection });
    await expect(createPrediction(user, body, "key")).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("the tool and the parent of a prediction", () => {
  const [one, other] = ["5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02", "0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01"];

  /** Creates a prediction with this model, and returns the row that is inserted. The input is not checked here. */
  async function inserted(model: string, request: Omit<NewPrediction, "model">) {
    step.resolve.mockResolvedValue({ model, version: null, schema: null });
    await createPrediction(user, request, "key");
    return step.insert.mock.lastCall?.[0];
  }

  test("come from the featured models and from the image that the input names", async () => {
    const input = { image: `/api/media/${one}` };
    expect(await inserted("cjwbw/rembg", { input })).toMatchObject({ tool: "remove-background", parent_image_id: one });
    expect(await inserted("a/b", { input })).toMatchObject({ tool: null, parent_image_id: one });
    expect(await inserted("a/b", { input: { images: ["x", input.image] } })).toMatchObject({ parent_image_id: one });
  });

  test("are those that the request names, if it does", async () => {
    const request = { input: { image: `/api/media/${one}` }, tool: "repair", parent: other };
    expect(await inserted("cjwbw/rembg", request)).toMatchObject({ tool: "repair", parent_image_id: other });
  });

  test("do not come from a prompt or an upload", async () => {
    const input = { prompt: `see /api/media/${one}`, image: `/api/uploads/${one}` };
    expect(await inserted("stability-ai/sdxl", { input })).toMatchObject({ tool: null, parent_image_id: null });
  });
});

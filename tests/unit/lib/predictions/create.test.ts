import { createHash } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { createPrediction } from "@/lib/predictions/create";
import type { findByKey } from "@/lib/predictions/rows";
import { predictionRow } from "./row";

const step = vi.hoisted(() => ({
  resolve: vi.fn<() => Promise<object>>(),
  own: vi.fn<(input: object) => Promise<object>>(),
  find: vi.fn<typeof findByKey>(),
  record: vi.fn<(parameters: object) => Promise<object>>(),
}));
vi.mock("@/lib/env", () => ({ env: () => ({}) }));
vi.mock("@/lib/models/resolve", () => ({ resolveModel: step.resolve }));
vi.mock("@/lib/media/input-files", () => ({ requireOwnMedia: step.own }));
vi.mock("@/lib/media/queries", () => ({ listSavedMedia: () => Promise.resolve([]) }));
vi.mock("@/lib/predictions/rows", () => ({ findByKey: step.find }));
vi.mock("@/lib/predictions/insert", () => ({ record: step.record }));
vi.mock("@/lib/predictions/send", () => ({}));

const user = { id: "0195f2a8-0000-7000-8000-000000000002", email: "a@darkroom.test" };
const body = { model: "a/b", input: { prompt: "a fox" } };
const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
const earlier = predictionRow({ request_hash: hash, status: "processing", replicate_id: "r" });

beforeEach(() => {
  step.resolve.mockReset().mockResolvedValue({ model: "a/b", version: null, schema: null });
  step.own.mockReset().mockImplementation((input) => Promise.resolve(input));
  step.find.mockReset().mockResolvedValue(null);
  step.record.mockReset().mockResolvedValue({ outcome: "replayed", prediction: earlier });
});

const withdrawn = new AppError("model_not_allowed", "a/b cannot be run here.");
const deleted = new AppError("invalid_input", "That image is not yours, or it has been deleted.");

test.each([
  ["its model was withdrawn", () => step.resolve.mockRejectedValue(withdrawn)],
  ["its image was deleted", () => step.own.mockRejectedValue(deleted)],
])("a repetition is answered with its prediction after %s", async (_, change) => {
  change();
  step.find.mockResolvedValue(earlier);
  expect(await createPrediction(user, body, "key")).toMatchObject({ id: earlier.id, status: "processing" });
  expect(step.find).toHaveBeenCalledExactlyOnceWith(user.id, "key");
  expect(step.record).not.toHaveBeenCalled();
});

test("what was never started is refused as it is, and so is another request with the same key", async () => {
  step.resolve.mockRejectedValue(withdrawn);
  await expect(createPrediction(user, body, "key")).rejects.toBe(withdrawn);
  step.find.mockResolvedValue(predictionRow({ request_hash: "another" }));
  await expect(createPrediction(user, body, "key")).rejects.toMatchObject({ code: "idempotency_mismatch" });
});

test("a request that is right is not looked for before it is recorded", async () => {
  await createPrediction(user, body, "key");
  expect([step.find.mock.calls.length, step.record.mock.calls.length]).toEqual([0, 1]);
});

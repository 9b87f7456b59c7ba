import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { createPrediction } from "@/lib/predictions/create";
import type { findRowByKey } from "@/lib/predictions/rows";
import type { NewPrediction } from "@/lib/predictions/input/new-prediction";
import { ReplicateError } from "@/lib/replicate/errors";
import type { sendPrediction } from "@/lib/predictions/send-to-replicate";
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
vi.mock("@/lib/env", () => ({
  env: () => ({ ALLOWED_MODELS: ["*"], REPLICATE_MODEL_VERSION: "a/b", UNKNOWN_RUN_USD: 0.1 }),
}));
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

describe("secrets", () => {
  const SECRET = "sk-planted-7f3a9c";
  const schema = {
    components: {
      schemas: {
        Input: {
          type: "object",
          properties: {
            prompt: { type: "string" },
            key: { type: "string", format: "password" },
            seed: { type: "integer" },
          },
        },
      },
    },
  };
  const secretBody = { model: "a/b", input: { prompt: "a fox", key: SECRET, seed: null } };
  const row = predictionRow({ input: { prompt: "a fox", key: "[REDACTED]" } });
  const inserted = () => step.insert.mock.lastCall?.[0];
  beforeEach(() => {
    step.resolve.mockResolvedValue({ model: "a/b", version: null, schema });
    step.insert.mockResolvedValue({ outcome: "created", row });
    step.send.mockReset().mockResolvedValue({ saved: Promise.resolve(row), rejection: null });
  });

  test("are sent, but the row, its hash and the response have marks in their place", async () => {
    const prediction = await createPrediction(user, secretBody, "key");
    expect(inserted()).toMatchObject({ input: { prompt: "a fox", key: "[REDACTED]" } });
    expect(JSON.stringify([inserted(), prediction])).not.toContain(SECRET);
    expect(step.send).toHaveBeenCalledExactlyOnceWith(row, { key: SECRET });
    const { request_hash: first } = inserted() as { request_hash: string };
    await createPrediction(user, { ...secretBody, input: { ...secretBody.input, key: "another" } }, "key");
    expect(inserted()).toMatchObject({ request_hash: first });
  });

  test("do not count when a repeated request is compared, even if its model was withdrawn", async () => {
    await createPrediction(user, secretBody, "key");
    const { request_hash } = inserted() as { request_hash: string };
    step.resolve.mockRejectedValue(withdrawn);
    step.find.mockResolvedValue(predictionRow({ ...row, request_hash, status: "processing" }));
    expect(await createPrediction(user, secretBody, "key")).toMatchObject({ status: "processing" });
    expect(step.send).toHaveBeenCalledTimes(1);
  });

  test("are not sent again by a repeated request", async () => {
    step.insert.mockResolvedValue({ outcome: "replayed", row });
    await createPrediction(user, secretBody, "key");
    expect(step.send).not.toHaveBeenCalled();
  });

  test("cannot wait: the user is told when Replicate accepts no more requests", async () => {
    const rejection = new ReplicateError("throttled", "slow down", { retryAfter: 6.2 });
    step.send.mockResolvedValue({ saved: Promise.resolve(row), rejection });
    await expect(createPrediction(user, secretBody, "key")).rejects.toMatchObject({
      code: "rate_limited",
      status: 429,
      retryAfter: 7,
      message: expect.stringContaining("nothing was started. Wait 7 s"),
    });
  });

  test("are lost if the insert of the row is not confirmed, and the user is told", async () => {
    step.insert.mockResolvedValue({ outcome: "unknown", row: predictionRow({ status: "failed" }) });
    await expect(createPrediction(user, secretBody, "key")).rejects.toMatchObject({ code: "provider_unavailable" });
    expect(step.send).not.toHaveBeenCalled();
  });

  test("that are empty are not marked", async () => {
    await createPrediction(user, { ...secretBody, input: { prompt: "a fox", key: "" } }, "key");
    expect(inserted()).toMatchObject({ input: { key: "" } });
    expect(step.send).toHaveBeenCalledExactlyOnceWith(row, {});
  });
});

describe("a version", () => {
  const VERSION = "7".repeat(64);
  const resolvedFor = async (request: Partial<NewPrediction>) => {
    await createPrediction(user, { input: { prompt: "a fox" }, ...request }, "key");
    return step.resolve.mock.lastCall;
  };

  test("can be named beside the model or alone, as in Replicate's own API", async () => {
    expect(await resolvedFor({ model: "a/b", version: VERSION })).toEqual([user.id, `a/b:${VERSION}`]);
    expect(await resolvedFor({ version: VERSION })).toEqual([user.id, VERSION]);
    expect(await resolvedFor({ version: `a/b:${VERSION}` })).toEqual([user.id, `a/b:${VERSION}`]);
  });

  test("that contradicts the model is refused", async () => {
    const request = createPrediction(user, { ...body, version: `c/d:${VERSION}` }, "key");
    await expect(request).rejects.toMatchObject({ code: "invalid_input", invalidFields: [{ field: "version" }] });
  });
});

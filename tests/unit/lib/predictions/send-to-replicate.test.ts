import { beforeEach, describe, expect, test, vi } from "vitest";
import type { reportDeleted } from "@/lib/predictions/cancel-deleted";
import type { applyUpdate, queuePrediction, releaseLease } from "@/lib/predictions/rows";
import type { cancelPrediction, createPrediction } from "@/lib/replicate/client";
import { AppError } from "@/lib/errors";
import { ReplicateError } from "@/lib/replicate/errors";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { sendPrediction } from "@/lib/predictions/send-to-replicate";
import { predictionRow } from "./row";

const remote = ReplicatePrediction.parse({
  id: "rrr4z5ztdnrm80crkw0s5e2p2w",
  status: "starting",
  created_at: "2026-11-21T14:32:08Z",
});

const step = vi.hoisted(() => ({
  applyUpdate: vi.fn<typeof applyUpdate>(),
  queuePrediction: vi.fn<typeof queuePrediction>(),
  releaseLease: vi.fn<typeof releaseLease>(),
  reportDeleted: vi.fn<typeof reportDeleted>(),
  create: vi.fn<typeof createPrediction>(),
  cancel: vi.fn<typeof cancelPrediction>(),
  sign: vi.fn<(input: object) => Promise<object>>(),
  known: new Set<string>(),
  webhookUrl: null as string | null,
}));
vi.mock("@/lib/predictions/rows", () => ({
  applyUpdate: step.applyUpdate,
  queuePrediction: step.queuePrediction,
  releaseLease: step.releaseLease,
}));
vi.mock("@/lib/predictions/recover-queries", () => ({ listKnownReplicateIds: () => Promise.resolve(step.known) }));
vi.mock("@/lib/predictions/cancel-deleted", () => ({ reportDeleted: step.reportDeleted }));
vi.mock("@/lib/predictions/polling-interval", () => ({ getPollDelay: () => Promise.resolve(1) }));
vi.mock("@/lib/env", () => ({ env: () => ({ webhookUrl: step.webhookUrl }) }));
vi.mock("@/lib/media/input-files", () => ({ signInputFiles: step.sign }));
vi.mock("@/lib/replicate/client", () => ({
  createPrediction: step.create,
  cancelPrediction: step.cancel,
}));

beforeEach(() => {
  step.applyUpdate.mockReset();
  step.queuePrediction.mockReset();
  step.reportDeleted.mockReset();
  step.releaseLease.mockReset();
  step.create.mockReset().mockResolvedValue(remote);
  step.sign.mockReset().mockImplementation((input) => Promise.resolve(input));
  step.known.clear();
  step.webhookUrl = null;
  step.cancel.mockReset().mockResolvedValue(remote);
});

/** Sends a prediction, and waits until the result is saved. */
const send = async () => (await sendPrediction(predictionRow())).saved;

test("a prediction that its row accepts continues", async () => {
  step.applyUpdate.mockResolvedValue(predictionRow({ replicate_id: remote.id }));
  await send();
  expect(step.cancel).not.toHaveBeenCalled();
});

test.each([
  ["has ended meanwhile", predictionRow({ status: "canceled" })],
  ["is gone with its account", null],
])("a prediction whose row %s is canceled", async (_why, row) => {
  step.applyUpdate.mockResolvedValue(row);
  await send();
  expect(step.cancel).toHaveBeenCalledWith(remote.id);
  // If the row is gone, the id is also reported, so that the sweep can repeat the cancel request.
  expect(step.reportDeleted).toHaveBeenCalledTimes(row ? 0 : 1);
});

test("a prediction that another row has recovered as its own continues", async () => {
  step.applyUpdate.mockResolvedValue(predictionRow());
  step.known.add(remote.id);
  await send();
  expect(step.cancel).not.toHaveBeenCalled();
});

test.each([
  ["no response", new ReplicateError("unclear", "")],
  ["a response that cannot be understood", new ReplicateError("unreadable", "")],
  ["a response that the database rejects", new AppError("invalid_input", "")],
])("after %s the prediction is searched for, and not queued to be sent again", async (_, error) => {
  step.create.mockRejectedValueOnce(error);
  await send();
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(predictionRow(), 1, null);
  expect(step.queuePrediction).not.toHaveBeenCalled();
});

test("a prediction that Replicate throttles is queued for its turn", async () => {
  step.create.mockRejectedValueOnce(new ReplicateError("throttled", "", { retryAfter: 7 }));
  await send();
  expect(step.queuePrediction).toHaveBeenCalledExactlyOnceWith(predictionRow(), 7, true);
});

test("a prediction whose file Replicate rejects fails, and is not queued", async () => {
  step.sign.mockRejectedValueOnce(new ReplicateError("rejected", "The file is too large."));
  const { saved, rejection } = await sendPrediction(predictionRow());
  await saved;
  const failed = { status: "failed", error: "The file is too large.", error_code: "provider_refused" };
  expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(predictionRow(), failed, 0);
  expect(rejection).toMatchObject({ kind: "rejected" });
  expect(step.queuePrediction).not.toHaveBeenCalled();
});

test.each([
  ["Replicate throttles the copies of files", new ReplicateError("throttled", "", { retryAfter: 30 }), 30],
  ["Replicate does not respond", new ReplicateError("unclear", ""), 5],
  ["storage is unavailable", new AppError("db_unavailable", ""), 5],
])("while %s, a prediction with files is queued", async (_, error, delay) => {
  step.sign.mockRejectedValueOnce(error);
  await send();
  expect(step.queuePrediction).toHaveBeenCalledExactlyOnceWith(predictionRow(), delay);
  expect(step.create).not.toHaveBeenCalled();
});

describe("a prediction with secrets", () => {
  const SECRET = "sk-planted-7f3a9c";
  const row = predictionRow({ input: { prompt: "a fox", key: "[REDACTED]" } });
  const failed = { status: "failed", error: expect.stringContaining("not sent"), error_code: "provider_unreachable" };
  const sendSecret = () => sendPrediction(row, { key: SECRET });

  test("is sent with them", async () => {
    step.applyUpdate.mockResolvedValue(predictionRow({ replicate_id: remote.id }));
    await (
      await sendSecret()
    ).saved;
    expect(step.create.mock.calls[0]?.[0]).toMatchObject({ input: { prompt: "a fox", key: SECRET } });
  });

  test("has a webhook that names them, so that every server knows what to remove", async () => {
    step.applyUpdate.mockResolvedValue(predictionRow({ replicate_id: remote.id }));
    step.webhookUrl = "https://darkroom.example/api/replicate/webhook";
    const many = predictionRow({ input: { prompt: "a fox", key: "[REDACTED]", "a&b": "[REDACTED]" } });
    await (
      await sendPrediction(many, { key: SECRET, "a&b": SECRET })
    ).saved;
    const webhook = new URL(step.create.mock.calls[0]?.[0].webhook ?? "");
    expect([...webhook.searchParams]).toEqual([
      ["prediction", row.id],
      ["secret", "key"],
      ["secret", "a&b"],
    ]);
  });

  test("is saved without them, even if Replicate repeats them", async () => {
    step.create.mockResolvedValue({ ...remote, logs: `key: ${SECRET}`, error: SECRET, output: [SECRET] });
    step.applyUpdate.mockResolvedValue(predictionRow({ replicate_id: remote.id }));
    await (
      await sendSecret()
    ).saved;
    expect(JSON.stringify(step.applyUpdate.mock.calls)).not.toContain(SECRET);
    expect(step.applyUpdate.mock.calls[0]?.[1]).toMatchObject({ logs: "key: [REDACTED]" });
  });

  test("is not queued when Replicate throttles it: it fails, and nothing is used up", async () => {
    step.create.mockRejectedValueOnce(new ReplicateError("throttled", "", { retryAfter: 7 }));
    const { saved, rejection } = await sendSecret();
    await saved;
    expect(rejection).toMatchObject({ kind: "throttled", retryAfter: 7 });
    expect(step.queuePrediction).not.toHaveBeenCalled();
    expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(row, failed, 0);
  });

  test("is not queued when its files cannot be signed", async () => {
    step.sign.mockRejectedValueOnce(new AppError("db_unavailable", "away"));
    const { saved, rejection } = await sendSecret();
    await saved;
    expect(rejection).toMatchObject({ code: "provider_unavailable", retryAfter: 5 });
    expect([step.create.mock.calls.length, step.queuePrediction.mock.calls.length]).toEqual([0, 0]);
    expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(row, failed, 0);
  });

  test("fails with Replicate's reason, without the secret", async () => {
    step.create.mockRejectedValueOnce(new ReplicateError("rejected", `${SECRET} is no key`));
    const { saved, rejection } = await sendSecret();
    await saved;
    expect(rejection?.message).toBe("[REDACTED] is no key");
    expect(step.applyUpdate.mock.calls[0]?.[1]).toMatchObject({ error: "[REDACTED] is no key" });
  });

  test("is searched for after a lost response", async () => {
    step.create.mockRejectedValueOnce(new ReplicateError("unclear", ""));
    await (
      await sendSecret()
    ).saved;
    expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(row, 1, null);
  });

  test("is never sent without them", async () => {
    await (
      await sendPrediction(row)
    ).saved;
    expect(step.create).not.toHaveBeenCalled();
    expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(row, failed, 0);
  });
});

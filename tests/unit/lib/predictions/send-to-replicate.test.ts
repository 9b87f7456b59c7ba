import { beforeEach, expect, test, vi } from "vitest";
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
  known: new Set<string>(),
}));
vi.mock("@/lib/predictions/rows", () => ({
  applyUpdate: step.applyUpdate,
  queuePrediction: step.queuePrediction,
  releaseLease: step.releaseLease,
  listKnownReplicateIds: () => Promise.resolve(step.known),
}));
vi.mock("@/lib/predictions/cancel-deleted", () => ({ reportDeleted: step.reportDeleted }));
vi.mock("@/lib/predictions/polling-interval", () => ({ getPollDelay: () => Promise.resolve(1) }));
vi.mock("@/lib/env", () => ({ env: () => ({ webhookUrl: null }) }));
vi.mock("@/lib/media/input-files", () => ({ signInputFiles: (input: unknown) => Promise.resolve(input) }));
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
  step.known.clear();
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
  // Without a row, the sweep repeats the cancel.
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

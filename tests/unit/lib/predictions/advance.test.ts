import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { advancePrediction, saveWhenSlotFree } from "@/lib/predictions/advance";
import { AppError } from "@/lib/errors";
import type { applyUpdate, claimLease, markSent, postponeRow, releaseLease, waitForTurn } from "@/lib/predictions/rows";
import type { getPrediction } from "@/lib/replicate/client";
import { processState } from "@/lib/process-globals";
import { ReplicateError } from "@/lib/replicate/errors";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import type { sendPrediction } from "@/lib/predictions/send-to-replicate";
import { predictionRow } from "./row";

const step = vi.hoisted(() => ({
  applyUpdate: vi.fn<typeof applyUpdate>(),
  getPrediction: vi.fn<typeof getPrediction>(),
  claimLease: vi.fn<typeof claimLease>(),
  markSent: vi.fn<typeof markSent>(),
  postponeRow: vi.fn<typeof postponeRow>(),
  releaseLease: vi.fn<typeof releaseLease>(),
  waitForTurn: vi.fn<typeof waitForTurn>(),
  sendPrediction: vi.fn<typeof sendPrediction>(),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ REPLICATE_DELIVERY_ORIGINS: [] }) }));
vi.mock("@/lib/replicate/client", () => ({
  getPrediction: step.getPrediction,
  cancelPrediction: step.getPrediction,
}));
vi.mock("@/lib/predictions/polling-interval", () => ({ getPollDelay: () => Promise.resolve(1) }));
vi.mock("@/lib/predictions/rows", () => ({
  applyUpdate: step.applyUpdate,
  claimLease: step.claimLease,
  markSent: step.markSent,
  postponeRow: step.postponeRow,
  releaseLease: step.releaseLease,
  waitForTurn: step.waitForTurn,
}));
vi.mock("@/lib/predictions/send-to-replicate", () => ({ sendPrediction: step.sendPrediction }));
vi.mock("@/lib/predictions/save-output", () => ({
  saveOutput: () => Promise.resolve(predictionRow({ next_at: null })),
}));

const claims: (() => void)[] = [];
const leased = predictionRow({ status: "succeeded", lease_until: "2026-11-21T14:34:07.500Z" });

beforeEach(() => {
  claims.length = 0;
  step.claimLease.mockImplementation(() => new Promise((resolve) => claims.push(() => resolve(leased))));
});
afterEach(() => {
  for (const mock of Object.values(step)) mock.mockReset();
});

test("of a hundred succeeded predictions only those with a free slot are leased", async () => {
  const all = Array.from({ length: 100 }, (_, index) => saveWhenSlotFree(`${index}`));
  await vi.waitFor(() => expect(claims).toHaveLength(8));
  claims[0]?.();
  await vi.waitFor(() => expect(claims).toHaveLength(9));

  // Only `saveWhenSlotFree` waits for one of the eight slots. `advancePrediction` does not.
  void advancePrediction(leased.id);
  expect(claims).toHaveLength(10);

  step.claimLease.mockResolvedValue(leased);
  for (const go of claims) go();
  await Promise.all(all);
  expect(step.claimLease).toHaveBeenCalledTimes(101);
});

test("a second request for a waiting save joins the first", async () => {
  const all = [saveWhenSlotFree(leased.id), saveWhenSlotFree(leased.id)];
  await vi.waitFor(() => expect(claims).toHaveLength(1));
  claims[0]?.();
  expect(await Promise.all(all)).toHaveLength(2);
  expect(step.claimLease).toHaveBeenCalledTimes(1);
});

test("a queued prediction waits while its output could not be saved", async () => {
  const queued = predictionRow({ status: "queued", lease_until: leased.lease_until });
  step.claimLease.mockResolvedValue(queued);
  step.postponeRow.mockResolvedValue(queued);
  processState.storage.isFull = true;
  processState.storage.triedAt = performance.now();
  expect(await advancePrediction(queued.id)).toBe(queued);
  processState.storage.isFull = false;
  expect(step.postponeRow).toHaveBeenCalledExactlyOnceWith(queued, 1, null);
  expect(step.markSent).not.toHaveBeenCalled();
});

test("a queued prediction is sent only if the database still allows it", async () => {
  const queued = predictionRow({ status: "queued", lease_until: leased.lease_until });
  const sent = predictionRow();
  step.claimLease.mockResolvedValue(queued);
  step.sendPrediction.mockResolvedValue({ saved: Promise.resolve(sent), rejection: null });

  // Another server has the lease now, or the prediction has been canceled.
  step.markSent.mockResolvedValueOnce(false);
  step.postponeRow.mockResolvedValueOnce(null);
  expect(await advancePrediction(queued.id)).toBeNull();
  expect(step.sendPrediction).not.toHaveBeenCalled();

  step.markSent.mockResolvedValueOnce(true);
  expect(await advancePrediction(queued.id)).toBe(sent);
  expect(step.sendPrediction).toHaveBeenCalledExactlyOnceWith(queued);
});

const REMOTE = "rrr4z5ztdnrm80crkw0s5e2p2w";
const CREATED = predictionRow().created_at;
/** Returns a row with an id at Replicate. Its lease of 120 seconds begins `age` seconds after the row was created. */
const running = (age: number, changes: Parameters<typeof predictionRow>[0] = {}) =>
  predictionRow({
    replicate_id: REMOTE,
    lease_until: new Date(Date.parse(CREATED) + (age + 120) * 1000).toISOString(),
    ...changes,
  });
const unreadable = new ReplicateError("unreadable", "");
const provisional = (changes: object = {}) =>
  expect.objectContaining({ status: "failed", provisional: true, replicate_id: REMOTE, ...changes });

test("a response that cannot be understood is counted, and the fifth ends the prediction provisionally", async () => {
  const log = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  step.getPrediction.mockRejectedValue(unreadable);
  const first = running(10);
  step.claimLease.mockResolvedValueOnce(first);
  await advancePrediction(first.id);
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(first, 2, null, true);
  expect(log).not.toHaveBeenCalled();

  const fifth = running(40, { unreadable_responses: 4 });
  step.claimLease.mockResolvedValueOnce(fifth);
  await advancePrediction(fifth.id);
  expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(fifth, provisional(), 60);
  expect(log).toHaveBeenCalledTimes(1);

  // A provisionally failed prediction is checked again. If the response is still unreadable, nothing more is logged.
  step.claimLease.mockResolvedValueOnce(running(400, { unreadable_responses: 4, status: "failed", provisional: true }));
  await advancePrediction(fifth.id);
  expect(step.applyUpdate).toHaveBeenLastCalledWith(expect.anything(), provisional(), 200);
  expect(log).toHaveBeenCalledTimes(1);
});

test.each([
  ["no response", new ReplicateError("unclear", "")],
  ["an unknown id", new ReplicateError("not_found", "")],
])("%s is not counted as a response that cannot be understood", async (_, error) => {
  step.getPrediction.mockRejectedValueOnce(error);
  step.claimLease.mockResolvedValueOnce(running(10, { unreadable_responses: 4 }));
  await advancePrediction(leased.id);
  expect(step.applyUpdate).not.toHaveBeenCalled();
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(expect.anything(), 1, null);
});

test("after a 429 it waits for its turn as long as Replicate says, and counts no attempt", async () => {
  step.getPrediction.mockRejectedValueOnce(new ReplicateError("throttled", "", { retryAfter: 1 }));
  const row = running(10, { attempts: 4 });
  step.claimLease.mockResolvedValueOnce(row);
  await advancePrediction(row.id);
  expect(step.waitForTurn).toHaveBeenCalledExactlyOnceWith(row, 1);
  expect(step.releaseLease).not.toHaveBeenCalled();
});

test("a value that the database rejects counts, a database that is unavailable does not", async () => {
  step.getPrediction.mockResolvedValue(
    ReplicatePrediction.parse({ id: REMOTE, status: "processing", created_at: CREATED }),
  );
  step.claimLease.mockResolvedValue(running(10));
  step.applyUpdate.mockRejectedValueOnce(new AppError("invalid_input", ""));
  await advancePrediction(leased.id);
  expect(step.releaseLease).toHaveBeenCalledExactlyOnceWith(expect.anything(), 2, null, true);
  step.applyUpdate.mockRejectedValueOnce(new AppError("db_unavailable", ""));
  await expect(advancePrediction(leased.id)).rejects.toMatchObject({ code: "db_unavailable" });
  expect(step.releaseLease).toHaveBeenCalledTimes(1);
  // A response about another prediction is also counted as unreadable.
  step.getPrediction.mockResolvedValueOnce(
    ReplicatePrediction.parse({ id: `q${REMOTE.slice(1)}`, status: "succeeded" }),
  );
  await advancePrediction(leased.id);
  expect(step.releaseLease).toHaveBeenCalledTimes(2);
});

test.each([
  ["after two minutes and five attempts", 121, { attempts: 5 }, 60.5],
  ["less and less often later", 1000, { provisional: true, status: "failed" as const }, 500],
  ["no more once its files are gone", 95 * 60 + 1, { provisional: true, status: "failed" as const }, null],
])("a prediction that Replicate does not know is failed, but looked up again %s", async (_, age, changes, pause) => {
  step.getPrediction.mockRejectedValue(new ReplicateError("not_found", ""));
  const row = running(age, changes);
  step.claimLease.mockResolvedValueOnce(row);
  await advancePrediction(row.id);
  expect(step.applyUpdate).toHaveBeenCalledExactlyOnceWith(
    row,
    provisional({ error_code: "provider_unreachable" }),
    pause,
  );
});

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { advancePrediction, saveWhenSlotFree } from "@/lib/predictions/advance";
import type { claimLease, markSent, releaseLease } from "@/lib/predictions/rows";
import type { sendPrediction } from "@/lib/predictions/send-to-replicate";
import { predictionRow } from "./row";

const step = vi.hoisted(() => ({
  claimLease: vi.fn<typeof claimLease>(),
  markSent: vi.fn<typeof markSent>(),
  releaseLease: vi.fn<typeof releaseLease>(),
  sendPrediction: vi.fn<typeof sendPrediction>(),
}));
vi.mock("@/lib/predictions/rows", () => ({
  claimLease: step.claimLease,
  markSent: step.markSent,
  releaseLease: step.releaseLease,
}));
vi.mock("@/lib/predictions/send-to-replicate", () => ({ sendPrediction: step.sendPrediction }));
vi.mock("@/lib/predictions/save", () => ({ saveOutput: () => Promise.resolve(predictionRow({ next_at: null })) }));

const claims: (() => void)[] = [];
const leased = predictionRow({ status: "succeeded", lease_until: "2026-11-21T14:34:07.500Z" });

beforeEach(() => {
  claims.length = 0;
  step.claimLease.mockImplementation(() => new Promise((resolve) => claims.push(() => resolve(leased))));
});
afterEach(() => void step.claimLease.mockReset());

test("of a hundred succeeded predictions only those with a free slot are leased", async () => {
  const all = Array.from({ length: 100 }, (_, index) => saveWhenSlotFree(`${index}`));
  await vi.waitFor(() => expect(claims).toHaveLength(8));
  claims[0]?.();
  await vi.waitFor(() => expect(claims).toHaveLength(9));

  // A running prediction needs no slot.
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

test("a queued prediction is sent only if the database still allows it", async () => {
  const queued = predictionRow({ status: "queued", lease_until: leased.lease_until });
  const sent = predictionRow();
  step.claimLease.mockResolvedValue(queued);
  step.sendPrediction.mockResolvedValue({ row: sent, rejection: null });

  // The lease was lost, or the prediction was canceled meanwhile.
  step.markSent.mockResolvedValueOnce(false);
  step.releaseLease.mockResolvedValueOnce(null);
  expect(await advancePrediction(queued.id)).toBeNull();
  expect(step.sendPrediction).not.toHaveBeenCalled();

  step.markSent.mockResolvedValueOnce(true);
  expect(await advancePrediction(queued.id)).toBe(sent);
  expect(step.sendPrediction).toHaveBeenCalledExactlyOnceWith(queued);
});

import { beforeEach, expect, test, vi } from "vitest";
import type { advancePrediction, saveWhenSlotFree } from "@/lib/predictions/advance";
import type { cancelDeleted } from "@/lib/predictions/cancel-deleted";
import type { listDueIds } from "@/lib/predictions/rows";
import { sweep, sweepAll, sweepFiles } from "@/lib/predictions/sweep";

const step = vi.hoisted(() => ({
  advancePrediction: vi.fn<typeof advancePrediction>(),
  saveWhenSlotFree: vi.fn<typeof saveWhenSlotFree>(),
  listDueIds: vi.fn<typeof listDueIds>(),
  cancelDeleted: vi.fn<typeof cancelDeleted>(),
}));
vi.mock("@/lib/predictions/advance", () => ({
  advancePrediction: step.advancePrediction,
  saveWhenSlotFree: step.saveWhenSlotFree,
}));
vi.mock("@/lib/predictions/cancel-deleted", () => ({ cancelDeleted: step.cancelDeleted }));
vi.mock("@/lib/predictions/rows", () => ({ listDueIds: step.listDueIds, recordHeartbeat: () => Promise.resolve() }));

beforeEach(() => {
  for (const mock of Object.values(step)) mock.mockReset();
  step.advancePrediction.mockResolvedValue(null);
  step.saveWhenSlotFree.mockResolvedValue(null);
  step.cancelDeleted.mockResolvedValue();
});

const due = (running: string[], succeeded: string[]) =>
  step.listDueIds.mockImplementation((_, haveSucceeded) => Promise.resolve(haveSucceeded ? succeeded : running));

test("while storage hangs, running predictions are advanced", async () => {
  const many = Array.from({ length: 100 }, (_, index) => `succeeded ${index}`);
  due(["queued", "running"], many);
  step.saveWhenSlotFree.mockImplementation(() => new Promise(() => {}));
  void sweepFiles();
  expect(await sweep()).toBe(2);
  expect(step.advancePrediction.mock.calls).toEqual([["queued"], ["running"]]);
});

test("deleted predictions are canceled, and a failure there does not stop the sweep", async () => {
  due(["a"], []);
  step.cancelDeleted.mockRejectedValueOnce(new Error("The database is away."));
  expect(await sweep()).toBe(1);
  expect(step.cancelDeleted).toHaveBeenCalledTimes(1);
});

test("one failure does not stop the others", async () => {
  due(["a", "b"], ["c", "d"]);
  step.advancePrediction.mockRejectedValueOnce(new Error("The database is away."));
  step.saveWhenSlotFree.mockRejectedValueOnce(new Error("The database is away."));
  expect([await sweep(), await sweepFiles()]).toEqual([2, 2]);
  expect(step.advancePrediction).toHaveBeenCalledTimes(2);
  expect(step.saveWhenSlotFree).toHaveBeenCalledTimes(2);
});

test("a scheduler's sweep saves what it found to have succeeded", async () => {
  due(["running"], []);
  step.advancePrediction.mockImplementation(() => {
    due([], ["running"]);
    return Promise.resolve(null);
  });
  expect(await sweepAll()).toBe(2);
  expect(step.saveWhenSlotFree.mock.calls).toEqual([["running"]]);
});

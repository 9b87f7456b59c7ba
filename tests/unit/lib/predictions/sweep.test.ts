import { beforeEach, expect, test, vi } from "vitest";
import type { advance, finish } from "@/lib/predictions/advance";
import type { listDue } from "@/lib/predictions/rows";
import { sweep, sweepAll, sweepFiles } from "@/lib/predictions/sweep";

const step = vi.hoisted(() => ({
  advance: vi.fn<typeof advance>(),
  finish: vi.fn<typeof finish>(),
  listDue: vi.fn<typeof listDue>(),
}));
vi.mock("@/lib/predictions/advance", () => ({ advance: step.advance, finish: step.finish }));
vi.mock("@/lib/predictions/rows", () => ({ listDue: step.listDue, noteSweep: () => Promise.resolve() }));

beforeEach(() => {
  for (const mock of Object.values(step)) mock.mockReset();
  step.advance.mockResolvedValue(null);
  step.finish.mockResolvedValue(null);
});

const due = (running: string[], succeeded: string[]) =>
  step.listDue.mockImplementation((_, haveSucceeded) => Promise.resolve(haveSucceeded ? succeeded : running));

test("while storage hangs, what is not over is moved all the same", async () => {
  const many = Array.from({ length: 100 }, (_, index) => `succeeded ${index}`);
  due(["queued", "running"], many);
  step.finish.mockImplementation(() => new Promise(() => {}));
  void sweepFiles();
  expect(await sweep()).toBe(2);
  expect(step.advance.mock.calls).toEqual([["queued"], ["running"]]);
});

test("one that fails does not keep the others from their turn", async () => {
  due(["a", "b"], ["c", "d"]);
  step.advance.mockRejectedValueOnce(new Error("The database is away."));
  step.finish.mockRejectedValueOnce(new Error("The database is away."));
  expect([await sweep(), await sweepFiles()]).toEqual([2, 2]);
  expect(step.advance).toHaveBeenCalledTimes(2);
  expect(step.finish).toHaveBeenCalledTimes(2);
});

test("a scheduler's round copies what it found to have succeeded", async () => {
  due(["running"], []);
  step.advance.mockImplementation(() => {
    due([], ["running"]);
    return Promise.resolve(null);
  });
  expect(await sweepAll()).toBe(2);
  expect(step.finish.mock.calls).toEqual([["running"]]);
});

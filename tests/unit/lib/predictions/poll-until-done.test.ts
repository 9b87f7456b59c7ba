import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { advancePrediction, saveWhenSlotFree } from "@/lib/predictions/advance";
import { isPolled, pollBeyondResponse, pollUntilDone } from "@/lib/predictions/poll-until-done";
import type { findRow } from "@/lib/predictions/rows";
import { predictionRow } from "./row";

const step = vi.hoisted(() => ({
  advancePrediction: vi.fn<typeof advancePrediction>(),
  saveWhenSlotFree: vi.fn<typeof saveWhenSlotFree>(),
  findRow: vi.fn<typeof findRow>(),
}));
/** What was passed to `after`: a promise, or a function that Next calls after the response. */
const handed = vi.hoisted(() => [] as unknown[]);
vi.mock("next/server", () => ({ after: (task: unknown) => void handed.push(task) }));
const slept: number[] = [];
vi.mock("@/lib/predictions/advance", () => ({
  advancePrediction: step.advancePrediction,
  saveWhenSlotFree: step.saveWhenSlotFree,
}));
vi.mock("@/lib/predictions/rows", () => ({ findRow: step.findRow }));
vi.mock("node:timers/promises", () => ({
  setTimeout: (ms: number) => {
    slept.push(ms);
    vi.setSystemTime(Date.now() + ms);
    return Promise.resolve();
  },
}));

const { id } = predictionRow();
const dueIn = (ms: number) => predictionRow({ next_at: new Date(Date.now() + ms).toISOString() });
const done = predictionRow({ next_at: null });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-21T14:32:07.500Z") });
  slept.length = 0;
  step.advancePrediction.mockReset();
  step.saveWhenSlotFree.mockReset();
  step.findRow.mockReset();
});
afterEach(() => void vi.useRealTimers());

test("a prediction is advanced whenever it is due, until nothing is left to do", async () => {
  step.advancePrediction.mockImplementationOnce(() => Promise.resolve(dueIn(2000)));
  step.advancePrediction.mockImplementationOnce(() => Promise.resolve(dueIn(300)));
  step.advancePrediction.mockResolvedValueOnce(done);
  await pollUntilDone(id, dueIn(500));
  expect(slept).toEqual([505, 2005, 305]);
  expect(step.findRow).not.toHaveBeenCalled();
});

test("polling begins at once only if the response waits for the prediction", async () => {
  step.findRow.mockResolvedValue(null);
  pollBeyondResponse(id);
  expect(step.findRow).not.toHaveBeenCalled();
  pollBeyondResponse(id, { isAwaited: true });
  expect(step.findRow).toHaveBeenCalledTimes(1);
  expect(handed).toEqual([expect.any(Function), expect.any(Promise)]);
  await handed[1];
});

test("its row is read first if it is not given", async () => {
  step.findRow.mockResolvedValueOnce(dueIn(700));
  step.advancePrediction.mockResolvedValueOnce(done);
  await pollUntilDone(id);
  expect(slept).toEqual([705]);
});

test("while another server has the lease, it is tried less and less often", async () => {
  const isHeld = () => Promise.resolve(null);
  for (let look = 0; look < 5; look += 1) step.advancePrediction.mockImplementationOnce(isHeld);
  step.advancePrediction.mockResolvedValueOnce(predictionRow({ next_at: "2026-11-21T14:32:00.000Z" }));
  step.advancePrediction.mockImplementationOnce(isHeld).mockResolvedValueOnce(done);
  step.findRow.mockResolvedValue(predictionRow({ next_at: "2026-11-21T14:32:00.000Z" }));
  await pollUntilDone(id);
  expect(slept).toEqual([1000, 2000, 4000, 8000, 8000, 1000]);
});

test("a succeeded prediction waits for a free slot", async () => {
  step.saveWhenSlotFree.mockResolvedValueOnce(done);
  await pollUntilDone(id, predictionRow({ status: "succeeded", next_at: "2026-11-21T14:32:00.000Z" }));
  expect(step.advancePrediction).not.toHaveBeenCalled();
});

test("a clock behind the database's delays it by 20 seconds at most", async () => {
  step.advancePrediction.mockResolvedValueOnce(done);
  await pollUntilDone(id, dueIn(300_000));
  expect(slept).toEqual([20_000]);
});

test("nothing is advanced that does not exist or is done", async () => {
  step.findRow.mockResolvedValueOnce(null).mockResolvedValueOnce(done);
  await pollUntilDone(id);
  await pollUntilDone(id);
  expect(step.advancePrediction).not.toHaveBeenCalled();
});

test("polling ends before five minutes are over", async () => {
  step.advancePrediction.mockImplementation(() => Promise.resolve(dueIn(20_000)));
  const start = Date.now();
  await pollUntilDone(id, dueIn(0));
  expect(Date.now() - start).toBeGreaterThanOrEqual(280_000);
  expect(Date.now() - start).toBeLessThan(301_000);
});

test("a prediction is polled until nothing is left to do", async () => {
  const answer = Promise.withResolvers<typeof done>();
  step.advancePrediction.mockReturnValueOnce(answer.promise);
  const polling = pollUntilDone(id, dueIn(0));
  expect(isPolled(id)).toBe(true);
  answer.resolve(done);
  await polling;
  expect(isPolled(id)).toBe(false);
});

test("at most a few polls of one prediction run at one time, and later ones may start", async () => {
  const looks: (() => void)[] = [];
  step.advancePrediction.mockImplementation(() => new Promise((resolve) => looks.push(() => resolve(done))));
  const all = Array.from({ length: 100 }, () => pollUntilDone(id, dueIn(0)));
  await vi.waitFor(() => expect(looks.length).toBeGreaterThan(1));
  expect(looks.length).toBeLessThan(10);
  for (const look of looks) look();
  await Promise.all(all);

  step.advancePrediction.mockResolvedValueOnce(done);
  await pollUntilDone(id, dueIn(0));
  expect(step.advancePrediction).toHaveBeenCalledTimes(looks.length + 1);
});

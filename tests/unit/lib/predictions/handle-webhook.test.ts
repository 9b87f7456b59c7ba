import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { handleWebhook } from "@/lib/predictions/handle-webhook";
import type { applyUpdate, PredictionRow } from "@/lib/predictions/rows";
import { processState } from "@/lib/process-globals";
import { predictionRow } from "./row";

const database = vi.hoisted(() => ({
  applyUpdate: vi.fn<typeof applyUpdate>(),
  reportDeleted: vi.fn<(id: string, replicateId: string) => Promise<void>>(),
  isPolled: vi.fn<(id: string) => boolean>(),
}));
vi.mock("@/lib/env", () => ({ env: () => ({ REPLICATE_DELIVERY_ORIGINS: ["https://replicate.delivery"] }) }));
vi.mock("@/lib/predictions/cancel-deleted", () => ({ reportDeleted: database.reportDeleted }));
vi.mock("@/lib/predictions/rows", () => ({ applyUpdate: database.applyUpdate }));
vi.mock("@/lib/predictions/poll-until-done", () => ({ isPolled: database.isPolled }));
vi.mock("@/lib/predictions/polling-interval", () => ({ getPollDelay: () => Promise.resolve(1) }));

// vitest's fake timers replace the global `setTimeout`, but not the one of this module. So this fake uses the global one.
vi.mock("node:timers/promises", () => ({
  setTimeout: (time: number) => new Promise((resolve) => setTimeout(resolve, time)),
}));

const REMOTE = "rrr4z5ztdnrm80crkw0s5e2p2w";
const told = { id: REMOTE, status: "succeeded", created_at: "2026-11-21T14:32:08Z" };
const answer = (changes: Partial<PredictionRow>) =>
  database.applyUpdate.mockResolvedValue(predictionRow({ replicate_id: REMOTE, status: "succeeded", ...changes }));

/** Delivers a webhook. The module is loaded again before each test, as on a server that has just started. */
let receive: (body?: object) => ReturnType<typeof handleWebhook>;
beforeEach(async () => {
  vi.resetModules();
  const webhooks = await import("@/lib/predictions/handle-webhook");
  receive = (body = told) => webhooks.handleWebhook(predictionRow().id, JSON.stringify(body), []);
});
afterEach(() => {
  for (const mock of Object.values(database)) mock.mockReset();
  processState.running.clear();
});

test("every webhook about a succeeded prediction returns it, until it is saved", async () => {
  answer({});
  for (let time = 0; time < 3; time += 1)
    expect(await receive()).toMatchObject({ isOurs: true, unsaved: { replicate_id: REMOTE } });
  expect(database.applyUpdate).toHaveBeenCalledTimes(3);
});

test("webhooks that arrive together, or while this process saves the output, need only one query", async () => {
  answer({});
  const [first, second] = await Promise.all([receive(), receive()]);
  expect(first).toMatchObject({ isOurs: true, unsaved: { replicate_id: REMOTE } });
  expect(second).toEqual({ isOurs: true, unsaved: null });
  database.isPolled.mockReturnValue(true);
  expect(await receive()).toEqual({ isOurs: true, unsaved: null });
  expect(database.applyUpdate).toHaveBeenCalledTimes(1);
});

test.each<Partial<PredictionRow>>([
  { saved_at: "2026-11-21T14:32:20Z", next_at: null },
  { save_error: "expired", next_at: null },
  { status: "failed", next_at: null },
])("a repeated webhook about a finished prediction costs no query: %o", async (changes) => {
  answer(changes);
  for (let time = 0; time < 3; time += 1) expect((await receive()).isOurs).toBe(true);
  expect(database.applyUpdate).toHaveBeenCalledTimes(1);
});

test("every webhook about a provisional prediction counts, because it can still change", async () => {
  answer({ status: "failed", provisional: true, next_at: null });
  await receive();
  await receive();
  expect(database.applyUpdate).toHaveBeenCalledTimes(2);
});

test("a webhook that the database rejects is answered, so that Replicate does not repeat it", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { AppError } = await import("@/lib/errors");
  database.applyUpdate.mockRejectedValueOnce(new AppError("invalid_input", ""));
  expect(await receive()).toEqual({ isOurs: false, unsaved: null });
  database.applyUpdate.mockRejectedValueOnce(new AppError("db_unavailable", ""));
  await expect(receive()).rejects.toMatchObject({ code: "db_unavailable" });
});

test("a webhook with another Replicate id is not ours", async () => {
  answer({ next_at: null });
  await receive();
  expect(await receive({ ...told, id: "another4ztdnrm80crkw0s5e2p" })).toEqual({ isOurs: false, unsaved: null });
});

test("only the last thousand finished predictions are remembered", async () => {
  database.applyUpdate.mockImplementation(({ id }, update) =>
    Promise.resolve(
      predictionRow({ id, status: "succeeded", next_at: null, replicate_id: update.replicate_id ?? null }),
    ),
  );
  const deliver = (index: number) => receive({ ...told, id: `r${String(index).padStart(25, "0")}` });
  for (let index = 0; index <= 1000; index += 1) await deliver(index);
  database.applyUpdate.mockClear();
  await deliver(1000);
  expect(database.applyUpdate).not.toHaveBeenCalled();
  await deliver(0);
  expect(database.applyUpdate).toHaveBeenCalledTimes(1);
});

test("the id of a running prediction whose row was deleted is kept, to cancel it", async () => {
  database.applyUpdate.mockResolvedValue(null);
  await receive();
  expect(database.reportDeleted).not.toHaveBeenCalled();
  expect(await receive({ ...told, status: "processing" })).toEqual({ isOurs: false, unsaved: null });
  expect(database.reportDeleted).toHaveBeenCalledExactlyOnceWith(predictionRow().id, REMOTE);
});

describe("while a prediction runs", () => {
  /** The logs of a run: one letter for each of its steps so far. */
  const logs = (steps: number) => "x".repeat(steps);
  const running = (steps: number, more: object = {}) => ({ ...told, status: "processing", logs: logs(steps), ...more });
  const written = () => database.applyUpdate.mock.calls.map(([, update]) => [update.status, update.logs]);

  beforeEach(() => {
    vi.useFakeTimers();
    database.applyUpdate.mockImplementation(({ id }, update) =>
      Promise.resolve(predictionRow({ id, replicate_id: REMOTE, status: update.status, logs: update.logs ?? "" })),
    );
  });
  afterEach(async () => {
    await vi.runAllTimersAsync();
    vi.useRealTimers();
  });

  test("its progress is written every two seconds, and the last one always", async () => {
    for (let step = 1; step <= 7; step += 1) {
      expect(await receive(running(step))).toMatchObject({ isOurs: true, unsaved: null });
      await vi.advanceTimersByTimeAsync(500);
    }
    const steps = () => written().map(([, text]) => text?.length);
    expect(steps()).toEqual([1, 4]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(steps()).toEqual([1, 4, 7]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(database.applyUpdate).toHaveBeenCalledTimes(3);
  });

  test("readers see the progress before it is written", async () => {
    const { withProgress } = await import("@/lib/predictions/live-updates/hold-progress");
    await receive(running(1));
    const row = predictionRow({ status: "processing", replicate_id: REMOTE, logs: logs(1) });
    await receive(running(3));
    expect(withProgress(row).logs).toBe(logs(3));
    // This webhook is older than the last one.
    await receive(running(2));
    expect(withProgress(row).logs).toBe(logs(3));
    expect(withProgress({ ...row, status: "canceled" }).logs).toBe(logs(1));
    expect(withProgress({ ...row, logs: logs(9) }).logs).toBe(logs(9));
  });

  test("readers see the text of its output before it is written", async () => {
    const { withProgress } = await import("@/lib/predictions/live-updates/hold-progress");
    const saying = (...output: string[]) => ({ ...told, status: "processing", output });
    await receive(saying("A"));
    await receive(saying("A", " fox", "http://a"));
    // This webhook is older than the last one.
    await receive(saying("A", " fox"));
    expect(database.applyUpdate).toHaveBeenCalledTimes(1);
    const row = predictionRow({ status: "processing", replicate_id: REMOTE, output: ["A"] });
    expect(withProgress(row)).toMatchObject({ output: ["A", " fox", "http://a"], links: ["http://a"] });
    await receive({ ...told, output: ["A fox."] });
    expect(withProgress(row).output).toEqual(["A"]);
  });

  test("its end is written at once, and older progress is not written after it", async () => {
    await receive(running(1));
    await receive(running(2));
    await receive({ ...told, logs: logs(3) });
    expect(database.applyUpdate).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(written().map(([status]) => status)).toEqual(["processing", "succeeded"]);
  });

  test.each<[string, object]>([
    ["output file", { output: ["https://replicate.delivery/a.png"] }],
    ["error", { error: "a warning" }],
  ])("a new %s is written at once", async (_, more) => {
    await receive(running(1));
    await receive(running(2, more));
    expect(database.applyUpdate).toHaveBeenCalledTimes(2);
  });

  test("progress that could not be written does not stop the next", async () => {
    const { AppError } = await import("@/lib/errors");
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await receive(running(1));
    await receive(running(2));
    database.applyUpdate.mockRejectedValueOnce(new AppError("db_unavailable", ""));
    await vi.advanceTimersByTimeAsync(4_000);
    await receive(running(3));
    expect(written().at(-1)).toEqual(["processing", logs(3)]);
    expect(database.applyUpdate).toHaveBeenCalledTimes(3);
  });
});

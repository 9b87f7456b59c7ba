import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { getTokenUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import type { streamOutput } from "@/lib/predictions/live-updates/stream-output";
import type { findRow, PredictionRow } from "@/lib/predictions/rows";
import { writeEvent, type ServerEvent } from "@/lib/replicate/read-events";
import { streamAnswer } from "@/lib/words/stream-answer";
import { predictionRow } from "../predictions/row";
import { USER } from "../sessions";

const step = vi.hoisted(() => ({
  find: vi.fn<typeof findRow>(),
  stream: vi.fn<typeof streamOutput>(),
  user: vi.fn<typeof getTokenUser>(),
  release: vi.fn<() => void>(),
}));
vi.mock("@/lib/predictions/rows", async (original) => ({ ...(await original<object>()), findRow: step.find }));
vi.mock("@/lib/predictions/live-updates/stream-output", () => ({ streamOutput: step.stream }));
vi.mock("@/lib/predictions/live-updates/publish-change", () => ({ nextChange: () => setImmediate(null) }));
vi.mock("@/lib/auth", () => ({ getTokenUser: step.user }));
vi.mock("@/lib/limits/request-limits", () => ({ registerPoll: () => step.release }));

const running = predictionRow({ status: "processing", replicate_id: "r" });
const finished = (changes: Partial<PredictionRow>) => predictionRow({ replicate_id: "r", ...changes });
const words = (text: string) => finished({ status: "succeeded", output: text.split(/(?= )/) });
const done = { event: "done", data: "{}" };
const output = (data: string, id?: string): ServerEvent => ({ event: "output", id, data });

beforeEach(() => {
  step.find.mockReset();
  step.stream.mockReset().mockResolvedValue(null);
  step.user.mockReset().mockResolvedValue({ ...USER, id: running.user_id });
  step.release.mockReset();
});
afterEach(() => void vi.useRealTimers());

/** Reads of the row return these rows, one after the other. The last one is repeated. An error rejects the read. */
function rows(...read: (PredictionRow | Error)[]) {
  for (const [index, row] of read.entries()) {
    if (row instanceof Error) step.find.mockRejectedValueOnce(row);
    else if (index < read.length - 1) step.find.mockResolvedValueOnce(row);
    else step.find.mockResolvedValue(row);
  }
}

/** Each stream that is opened sends the next of these lists of events. `cut`: the connection breaks off after the events. */
function streams(...opened: { events: ServerEvent[]; cut?: boolean }[]) {
  for (const { events, cut } of opened) {
    const chunks = events.map((event) => new TextEncoder().encode(writeEvent(event)));
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) controller.enqueue(chunk);
        else if (cut) controller.error(new Error("cut"));
        else controller.close();
      },
    });
    step.stream.mockResolvedValueOnce(body);
  }
}

function open(signal = new AbortController().signal) {
  return streamAnswer(running.id, { userId: running.user_id, token: "token", signal });
}

async function readEvents() {
  const events: ServerEvent[] = [];
  for await (const event of open()) events.push(event);
  return events;
}

/** Returns the pieces of the text, and each other event as its name and its data. */
async function read() {
  return (await readEvents()).map(({ event, data }) => (event === "output" ? data : `${event} ${data}`));
}

test("the words are passed on as they come, with their ids, until the stream is done", async () => {
  rows(running);
  streams({ events: [output("a", "1:0"), { event: "logs", data: "x" }, output(" fox", "1:1"), done] });
  expect(await readEvents()).toEqual([output("a", "1:0"), output(" fox", "1:1"), { ...done, id: undefined }]);
  expect(step.release).toHaveBeenCalled();
});

test("a stream that breaks off is continued, and what is missing at the end comes from the row", async () => {
  rows(running, running, words("a fox in snow"));
  streams({ events: [output("a", "1:0")], cut: true }, { events: [output(" fox", "1:1")] });
  expect(await read()).toEqual(["a", " fox", " in snow", "done {}"]);
  expect(step.stream.mock.calls.map(([, { lastEventId }]) => lastEventId)).toEqual([null, "1:0"]);
});

test("a stream may break off many times, as long as each brings something", async () => {
  const pieces = ["a", " fox", " runs", " far", " away"];
  rows(...pieces.map(() => running), words("a fox runs far away."));
  streams(...pieces.map((piece) => ({ events: [output(piece, "1:0")], cut: true })));
  expect(await read()).toEqual([...pieces, ".", "done {}"]);
});

test("without a stream, the text comes when it is there", async () => {
  rows(running, running, running, running, running, words("a fox"));
  expect(await read()).toEqual(["a fox", "done {}"]);
  expect(step.stream).toHaveBeenCalledTimes(3);
});

test("a stream in which nothing happens for long has not failed", async () => {
  rows(...Array.from({ length: 6 }, () => running), words("a fox"));
  vi.useFakeTimers({ toFake: ["performance"] });
  step.stream.mockImplementation(async () => {
    vi.advanceTimersByTime(30_000);
    return null;
  });
  expect(await read()).toEqual(["a fox", "done {}"]);
  expect(step.stream).toHaveBeenCalledTimes(6);
});

test("a model that returns one text, and one that is not at Replicate yet", async () => {
  rows(predictionRow({ status: "queued" }), finished({ status: "succeeded", output: "a fox" }));
  expect(await read()).toEqual(["a fox", "done {}"]);
  expect(step.stream).not.toHaveBeenCalled();
});

test("after a failure, the partial text is followed by the error in the words of the API", async () => {
  const failure = {
    status: "failed",
    output: ["a", " fox"],
    error: "CUDA out of memory",
    error_code: "model_failed",
  } as const;
  rows(running, running, finished(failure));
  streams({ events: [output("a", "1:0"), { event: "error", data: '{"detail":"raw"}' }, { event: "done", data: "x" }] });
  expect(await read()).toEqual([
    "a",
    " fox",
    'error {"type":"prediction_failed","detail":"CUDA out of memory"}',
    'done {"reason":"error"}',
  ]);
  expect(step.stream).toHaveBeenCalledOnce();
});

test.each([
  [{ status: "canceled", output: ["a"] }, ["a", 'done {"reason":"canceled"}']],
  [
    { status: "aborted" },
    ['error {"type":"prediction_failed","detail":"The model was not started in time."}', 'done {"reason":"error"}'],
  ],
] as const)("%j ends the answer", async (changes, events) => {
  rows(finished(changes as Partial<PredictionRow>));
  expect(await read()).toEqual(events);
});

test("a text that does not begin with what was written is not sent again", async () => {
  rows(running, words("the fox"));
  streams({ events: [output("a", "1:0")] });
  expect(await read()).toEqual(["a", "done {}"]);
});

test("while the database is unavailable, the answer waits", async () => {
  rows(new AppError("db_unavailable", ""), words("a fox"));
  expect(await read()).toEqual(["a fox", "done {}"]);
  rows(new Error("a mistake"));
  await expect(read()).rejects.toThrow("a mistake");
});

test.each(["signed out", "not checked"])("a reader who is %s gets nothing more", async (how) => {
  rows(running);
  streams({ events: [output("a", "1:0")] });
  step.user.mockResolvedValueOnce({ ...USER, id: running.user_id });
  if (how === "signed out") step.user.mockResolvedValue(null);
  else step.user.mockRejectedValue(new AppError("db_unavailable", ""));
  expect(await read()).toEqual(["a"]);
});

test("a reader who leaves is forgotten, even if it never asks for the next event", async () => {
  const left = new AbortController();
  rows(running);
  streams({ events: [output("a", "1:0"), output("b", "1:1")] });
  const answer = open(left.signal);
  await answer.next();
  left.abort();
  expect(step.release).toHaveBeenCalledOnce();
});

import { setImmediate } from "node:timers/promises";
import { beforeEach, expect, test, vi } from "vitest";
import type { streamOutput } from "@/lib/predictions/live-updates/stream-output";
import { streamText, type TextEvent, type TextReader } from "@/lib/predictions/live-updates/stream-text";
import type { findRow, PredictionRow } from "@/lib/predictions/rows";
import { writeEvent, type ServerEvent } from "@/lib/replicate/read-events";
import { predictionRow } from "../row";

// These tests are about positions, logs and the row. All else is tested in lib/words/stream-answer.test.ts.

const step = vi.hoisted(() => ({ find: vi.fn<typeof findRow>(), stream: vi.fn<typeof streamOutput>() }));
vi.mock("@/lib/predictions/rows", async (original) => ({ ...(await original<object>()), findRow: step.find }));
vi.mock("@/lib/predictions/live-updates/stream-output", () => ({ streamOutput: step.stream }));
vi.mock("@/lib/predictions/live-updates/publish-change", () => ({ nextChange: () => setImmediate(null) }));
vi.mock("@/lib/limits/request-limits", () => ({ registerPoll: () => () => {} }));

const running = predictionRow({ status: "processing", replicate_id: "r" });
const succeeded = (output: unknown, logs = "") => predictionRow({ status: "succeeded", output, logs });
const output = (data: string, id?: string): ServerEvent => ({ event: "output", id, data });
const done = { event: "done", data: "{}" };

beforeEach(() => {
  step.find.mockReset();
  step.stream.mockReset().mockResolvedValue(null);
});

/** Reads of the row return these rows, one after the other. The last one is repeated. */
function rows(...read: (PredictionRow | null)[]) {
  for (const row of read) step.find.mockResolvedValueOnce(row);
  step.find.mockResolvedValue(read.at(-1) ?? null);
}

function stream(...events: ServerEvent[]) {
  step.stream.mockResolvedValueOnce(new Blob(events.map(writeEvent)).stream());
}

async function read(more: Partial<TextReader> = {}) {
  const reader = { userId: "me", isAllowed: async () => true, signal: new AbortController().signal, ...more };
  const events: TextEvent[] = [];
  for await (const event of streamText(running.id, reader)) events.push(event);
  return events;
}

test("each piece has the position of its end, and a reader with a position gets only what follows", async () => {
  const pieces = [output("a", "1:0"), output(" fox", "1:1"), output(" runs", "1:2"), done];
  rows(running);
  stream(...pieces);
  expect(await read()).toEqual([
    { event: "output", id: "1:0", data: "a", position: 1 },
    { event: "output", id: "1:1", data: " fox", position: 5 },
    { event: "output", id: "1:2", data: " runs", position: 10 },
    done,
  ]);
  stream(...pieces);
  expect(await read({ position: 3 })).toEqual([
    { event: "output", id: "1:1", data: "ox", position: 5 },
    { event: "output", id: "1:2", data: " runs", position: 10 },
    done,
  ]);
  expect(step.stream.mock.lastCall?.[1].lastEventId).toBeNull();
});

test("a position that was reached from a stream fits the text of the row, whatever its line breaks", async () => {
  rows(succeeded(["two\r\n", "  lines", "\r"]));
  expect(await read()).toMatchObject([{ data: "two\n  lines\n", position: 12 }, done]);
  expect(await read({ position: 4 })).toMatchObject([{ data: "  lines\n", position: 12 }, done]);
  expect(await read({ position: 12 })).toEqual([done]);
  expect(await read({ position: 99 })).toEqual([done]);
});

test("when the stream is given up, the text comes from the row as it grows", async () => {
  const grown = (text: string) => predictionRow({ status: "processing", replicate_id: "r", output: [text] });
  rows(running, running, running, grown("a"), grown("a fox"), grown("a fox"), succeeded(["a fox runs"]));
  expect(await read()).toMatchObject([{ data: "a" }, { data: " fox" }, { data: " runs" }, done]);
});

test("the logs are sent once, at the latest before the end, to readers who want them", async () => {
  const logs = (text: string) => predictionRow({ status: "processing", replicate_id: null, logs: text });
  rows(logs("one\n"), logs("one\ntwo\n"), succeeded("fox", "one\ntwo\n"));
  expect(await read({ logPosition: 0 })).toEqual([
    { event: "logs", data: "one\n", position: 4 },
    { event: "logs", data: "two\n", position: 8 },
    { event: "output", id: undefined, data: "fox", position: 3 },
    done,
  ]);
  expect(await read({ logPosition: 8 })).toMatchObject([{ event: "output" }, done]);
  expect(await read()).toMatchObject([{ event: "output" }, done]);
});

test("the stream of a deleted prediction, and of one that may not be read any more, ends without an event", async () => {
  rows(null);
  expect(await read()).toEqual([]);
  rows(running);
  expect(await read({ isAllowed: async () => false })).toEqual([]);
});

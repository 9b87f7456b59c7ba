import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { positionsIn, streamPrediction } from "@/lib/api-v1/streams/stream-prediction";
import type { streamText, TextEvent, TextReader } from "@/lib/predictions/live-updates/stream-text";

const step = vi.hoisted(() => ({ stream: vi.fn<typeof streamText>(), find: vi.fn<() => Promise<unknown>>() }));
vi.mock("@/lib/predictions/live-updates/stream-text", () => ({ streamText: step.stream }));
vi.mock("@/lib/api-v1/predictions/queries", () => ({ findOpenPrediction: step.find }));

beforeEach(() => void vi.useFakeTimers({ now: 1_690_212_292_999, toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

function read(lastEventId: string | null, ...events: TextEvent[]) {
  step.stream.mockImplementation(async function* () {
    yield* events;
  });
  const signal = new AbortController().signal;
  return new Response(streamPrediction({ id: "p", user_id: "me" }, { lastEventId, signal })).text();
}

test("the events are Replicate's, and their ids say how far the client is", async () => {
  const text = await read(
    null,
    { event: "output", id: "7:0", data: "Once upon\n", position: 10 },
    { event: "output", data: " a time", position: 17 },
    { event: "done", data: "{}" },
  );
  expect(text).toBe(
    "event: output\nid: 1690212292:10\ndata: Once upon\ndata: \n\n" +
      "event: output\nid: 1690212292:17\ndata:  a time\n\n" +
      "event: done\nid: 1690212292:17\ndata: {}\n\n",
  );
});

test("logs have a position of their own, and an error has Replicate's form", async () => {
  const text = await read(
    "1690212291:10:4",
    { event: "logs", data: "x", position: 5 },
    { event: "error", data: "Out of memory" },
    { event: "done", data: '{"reason":"error"}' },
  );
  expect(text).toBe(
    "event: logs\nid: 1690212292:10:5\ndata: x\n\n" +
      'event: error\nid: 1690212292:10:5\ndata: {"detail":"Out of memory"}\n\n' +
      'event: done\nid: 1690212292:10:5\ndata: {"reason":"error"}\n\n',
  );
  expect(step.stream).toHaveBeenLastCalledWith("p", expect.objectContaining({ position: 10, logPosition: 4 }));
});

test.each([null, "", "7", "1:-1", "1:2:3:4", "a:7", `1:${"9".repeat(13)}`])(
  "the id %j is not one of ours, so the text begins at its start",
  (id) => expect(positionsIn(id)).toEqual({ position: 0, logPosition: 0 }),
);

test("a stream may go on while its prediction exists, which is checked every three seconds", async () => {
  await read(null);
  const [, { isAllowed }] = step.stream.mock.lastCall as unknown as [string, TextReader];
  step.find.mockResolvedValueOnce({}).mockResolvedValueOnce(null);
  expect([await isAllowed(), await isAllowed()]).toEqual([true, true]);
  vi.advanceTimersByTime(3_001);
  expect([await isAllowed(), step.find.mock.calls.length]).toEqual([false, 2]);
});

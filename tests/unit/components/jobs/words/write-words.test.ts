import { expect, test, vi } from "vitest";
import { heardNothing, writeWords } from "@/components/jobs/words/write-words";
import type { Prediction } from "@/lib/predictions/schema";
import { FakeSource, openedSource, stubEventSource } from "../../fake-event-source";
import { predictionOf } from "../../generate/fixtures";
import { stubFetch } from "../../stub-fetch";

stubEventSource();
const send = stubFetch();

const running = predictionOf({ id: "w1", tool: "improve", status: "processing" });
const written = (output: unknown): Prediction => ({ ...running, status: "succeeded", output });

/** Responds to the POST with `start`, and to each GET of the prediction with the next of `reads`. The last one is repeated. */
function answer(start: Response, ...reads: Prediction[]) {
  let read = 0;
  send.mockImplementation(async (path) =>
    String(path).startsWith("/api/words") ? start : Response.json(reads[Math.min(read++, reads.length - 1)]),
  );
}

function write(isFresh = false) {
  const onText = vi.fn<(text: string) => void>();
  const controller = new AbortController();
  const result = writeWords(
    { task: "improve", prompt: "a fox" },
    { owner: "u", isFresh, onText, onOffline: () => {}, signal: controller.signal },
  );
  return { result, onText, controller };
}

test("the words are streamed, and the result is the saved text", async () => {
  answer(Response.json(running, { status: 201 }), written(["a fox", " in snow."]));
  const { result, onText } = write();
  const source = await openedSource();
  source.send("output", " a fox");
  source.send("output", " in");
  expect(onText.mock.calls).toEqual([["a fox"], ["a fox in"]]);
  source.send("done", "{}");
  expect(await result).toEqual({ text: "a fox in snow." });
  expect([source.url, source.isClosed]).toEqual(["/api/replicate/w1/stream", true]);
  const [path, init] = send.mock.calls[0] ?? [];
  expect([path, init?.method, init?.body]).toEqual(["/api/words", "POST", '{"task":"improve","prompt":"a fox"}']);
  expect(init?.headers).toMatchObject({ "X-User": "u", "Idempotency-Key": expect.stringMatching(/^[0-9a-f]{32}$/) });
});

test("an earlier answer needs no stream", async () => {
  answer(Response.json(written("“A fox”")));
  expect(await write(true).result).toEqual({ text: "A fox" });
  expect(FakeSource.opened).toEqual([]);
  expect(send.mock.calls.map(([path]) => path)).toEqual(["/api/words?fresh"]);
});

test("a stream that breaks off in the middle ends in the saved text", async () => {
  answer(Response.json(running), { ...running, output: ["a fox", " in"] }, written(["a fox", " in", " snow"]));
  const { result, onText } = write();
  const source = await openedSource();
  source.send("output", "a fox");
  // After a lost connection, the browser itself connects again. So the stream is not closed.
  source.fail(false);
  expect(source.isClosed).toBe(false);
  source.fail(true);
  await vi.waitFor(() => expect(onText).toHaveBeenLastCalledWith("a fox in"));
  window.dispatchEvent(new Event("online"));
  expect(await result).toEqual({ text: "a fox in snow" });
});

test.each([
  [{ transcription: " A fox\nin the snow. ", segments: [] }, { text: "A fox in the snow." }],
  [{ text: " A fox", chunks: [] }, { text: "A fox" }],
  ["A fox", { text: "A fox" }],
  [{ transcription: " ... " }, { message: heardNothing }],
  [{ text: "" }, { message: heardNothing }],
  [{ segments: [] }, { message: heardNothing }],
  [null, { message: heardNothing }],
])("of the transcript %j, the words are read, without a stream", async (output, expected) => {
  const listening: Prediction = { ...running, tool: "transcribe" };
  answer(Response.json(listening, { status: 201 }), { ...listening, status: "succeeded", output });
  const onStart = vi.fn<(id: string) => void>();
  const { signal } = new AbortController();
  const words = { task: "transcribe", upload: "u1" } as const;
  expect(await writeWords(words, { onStart, onOffline: () => {}, signal })).toEqual(expected);
  expect(onStart).toHaveBeenCalledExactlyOnceWith("w1");
  expect(FakeSource.opened).toEqual([]);
});

test.each([
  ["a deleted image", Response.json({ type: "not_found" }, { status: 404 }), "This image has been deleted."],
  ["a limit", Response.json({ detail: "Wait a minute." }, { status: 429 }), "Limit reached. Wait a minute."],
  [
    "a prediction that failed",
    Response.json({ ...running, status: "failed", error_code: "content_rejected" }),
    "The model's safety check stopped this result. Try again, or change the prompt.",
  ],
  ["an empty text", Response.json(written([" "])), "The model wrote nothing. Try again."],
  ["an unknown answer", Response.json({}), "The connection was lost. Try again."],
])("%s is explained", async (_, response, message) => {
  answer(response);
  expect(await write().result).toEqual({ message });
});

test("after an abort, the stream is closed and nothing more is requested", async () => {
  answer(Response.json(running));
  const { result, controller } = write();
  const source = await openedSource();
  controller.abort();
  await result;
  expect([source.isClosed, send.mock.calls.length]).toEqual([true, 1]);
});

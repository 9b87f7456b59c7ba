import { expect, test, vi } from "vitest";
import type { AnswerEvent } from "@/lib/words/stream-answer";
import { answerAsEvents, answerAsText } from "@/lib/words/write-answer";

const sleep = vi.hoisted(() => vi.fn<(time: number) => Promise<null>>(() => new Promise(() => {})));
vi.mock("node:timers/promises", async (original) => ({ ...(await original<object>()), setTimeout: sleep }));
const left = vi.fn<() => void>();

/** Yields these events, the first of them only after `wait`. */
async function* answer(events: AnswerEvent[], wait?: Promise<unknown>) {
  try {
    await wait;
    yield* events;
  } finally {
    left();
  }
}

const output = (data: string) => ({ event: "output", id: "1:0", data });
const failure = { event: "error", data: "{}", detail: "No memory" };
const done = { event: "done", data: "{}" };
const textOf = (body: ReadableStream<Uint8Array>) => new Response(body).text();

test("as events, the id of the prediction comes first", async () => {
  const events = [output("a\n fox"), done];
  expect(await textOf(answerAsEvents("42", answer(events)))).toBe(
    "event: prediction\ndata: 42\n\nevent: output\nid: 1:0\ndata: a\ndata:  fox\n\nevent: done\ndata: {}\n\n",
  );
});

test("as text, only the words are sent, and a later failure ends them", async () => {
  expect(await textOf(await answerAsText(answer([output("a"), output(" fox"), failure, done])))).toBe("a fox");
  expect(await textOf(await answerAsText(answer([done])))).toBe("");
});

test.each([[[output("a")]], [[]]])("a text that is not written to its end fails: %j", async (events) => {
  await expect(textOf(await answerAsText(answer(events)))).rejects.toThrow("The answer is not complete.");
});

test("a failure before the first word is an error, and nothing more is read", async () => {
  left.mockClear();
  await expect(answerAsText(answer([failure]))).rejects.toMatchObject({
    code: "prediction_failed",
    status: 422,
    message: "No memory",
  });
  expect(left).toHaveBeenCalledOnce();
});

test("the response does not wait long for the first word", async () => {
  const { promise, resolve } = Promise.withResolvers<null>();
  sleep.mockResolvedValueOnce(null);
  const body = await answerAsText(answer([failure, done], promise));
  expect(sleep.mock.lastCall?.[0]).toBe(15_000);
  resolve(null);
  expect(await textOf(body)).toBe("");
});

test.each([
  ["events", (words: AnswerEvent[]) => answerAsEvents("42", answer(words))],
  ["text", async (words: AnswerEvent[]) => answerAsText(answer(words))],
])("when the client of %s disconnects, nothing more is read", async (_, write) => {
  left.mockClear();
  const reader = (await write([output("a"), output(" fox"), output(" in snow")])).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  expect(left).toHaveBeenCalledOnce();
});

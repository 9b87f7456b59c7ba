import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { writeEvent } from "@/lib/replicate/read-events";
import type { AnswerEvent } from "./stream-answer";

/**
 * How long to wait for the first word of an answer (ms). If the prediction fails within this time, the response has an error
 * status. Later, the response has already begun with status 200, and can only break off.
 */
const FIRST_WORD = 15_000;

type Answer = AsyncGenerator<AnswerEvent, void, undefined>;

/** Returns an answer as a stream of server-sent events. The first event, `prediction`, contains the id of the prediction. */
export function answerAsEvents(id: string, answer: Answer): ReadableStream<Uint8Array> {
  async function* write() {
    yield writeEvent({ event: "prediction", data: id });
    for await (const event of answer) yield writeEvent(event);
  }
  return toBytes(write());
}

/**
 * Returns only the text of an answer, as a stream. Throws `prediction_failed` if the prediction fails before the first word,
 * within `FIRST_WORD` ms. If the answer breaks off later, for example because the reader has signed out, the stream ends with an
 * error, because half an answer must not look complete.
 */
export async function answerAsText(answer: Answer): Promise<ReadableStream<Uint8Array>> {
  const first = answer.next();
  const early = await Promise.race([first, sleep(FIRST_WORD, null, { ref: false })]);
  const failure = early?.value?.detail;
  if (failure !== undefined) {
    await answer.return();
    throw new AppError("prediction_failed", failure);
  }
  async function* write() {
    let last = "";
    try {
      for (let next = await first; !next.done; next = await answer.next()) {
        last = next.value.event;
        if (last === "output") yield next.value.data;
      }
    } finally {
      await answer.return();
    }
    if (last !== "done") throw new Error("The answer is not complete.");
  }
  return toBytes(write());
}

/** Returns pieces of text as a stream of bytes. When the client disconnects, the generator ends. */
export function toBytes(pieces: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value } = await pieces.next();
      if (value === undefined) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return();
    },
  });
}

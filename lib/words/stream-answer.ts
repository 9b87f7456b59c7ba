import "server-only";
import { getTokenUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { registerPoll } from "@/lib/limits/request-limits";
import { log } from "@/lib/log";
import { nextChange } from "@/lib/predictions/live-updates/publish-change";
import { streamOutput } from "@/lib/predictions/live-updates/stream-output";
import { findRow, type PredictionRow } from "@/lib/predictions/rows";
import { isFinished } from "@/lib/predictions/status";
import { shutdownSignal } from "@/lib/process-globals";
import { readEvents, type ServerEvent } from "@/lib/replicate/read-events";

/** An answer is streamed for at most this time (ms), because serverless hosts end a request after 300 s. */
const MAX_TIME = 280_000;
/** How often the row is read if no change of the row is published (ms). */
const TICK = 1_000;
/** After this many streams in a row without any text, no further stream is opened. The text then comes only from the database. */
const MAX_FAILURES = 3;
/**
 * A stream that was open for at least this time (ms) does not count as failed, even if no text arrived. Replicate ends a stream
 * when nothing happens for 30 seconds.
 */
const LONG = 25_000;

/**
 * `userId`: the user who reads the answer. `token`: the user's access token. `signal`: aborts when the user's browser
 * disconnects.
 */
type Reader = { userId: string; token: string | null; signal: AbortSignal };
/** `detail` is set in the event `error`: why the prediction failed. */
export type AnswerEvent = ServerEvent & { detail?: string };

/**
 * Yields the answer of a language model as events. Each event `output` contains a piece of text, as soon as the model has written
 * it. The last event is `done`. If the prediction failed, the event before it is `error`. The pieces come from Replicate's
 * stream, which is opened again if it breaks off. Text that did not come from the stream is read from the row at the end. Ends
 * early when the reader disconnects or is signed out, and after `MAX_TIME`. Then the prediction still continues.
 */
export async function* streamAnswer(
  id: string,
  { userId, token, signal }: Reader,
): AsyncGenerator<AnswerEvent, void, undefined> {
  const left = new AbortController();
  const release = registerPoll(userId, () => left.abort());
  const end = AbortSignal.any([left.signal, signal, shutdownSignal, AbortSignal.timeout(MAX_TIME)]);
  // A reader that has left may never ask for the next event, and then `finally` below never runs. So the poll is also released
  // here.
  end.addEventListener("abort", release);
  let written = "";
  let lastEventId: string | null = null;
  let failures = 0;
  let isOver = false;
  try {
    while (!end.aborted && (await getTokenUser(token).catch(() => null))) {
      // Starts to listen before the row is read, so that no change in between is missed.
      const change = nextChange(id, TICK, end);
      const row = await findRow(id).catch(nullIfUnavailable);
      if (row && isFinished(row.status)) return yield* endOf(row, written);
      if (row?.replicate_id && !isOver && failures < MAX_FAILURES) {
        const openedAt = performance.now();
        failures += 1;
        for await (const event of openEvents(row, { token, lastEventId, signal: end })) {
          if (event.event === "done" && event.data === "{}") return yield event;
          isOver = event.event === "done" || event.event === "error";
          if (isOver) break;
          if (event.event !== "output") continue;
          failures = 0;
          written += event.data;
          lastEventId = event.id ?? lastEventId;
          yield event;
        }
        if (performance.now() - openedAt > LONG) failures = 0;
      }
      await change;
    }
  } finally {
    release();
  }
}

/**
 * Yields the events of Replicate's stream for a running prediction. Ends without an error if there is no stream, or if it breaks
 * off.
 */
async function* openEvents(row: PredictionRow, reader: Parameters<typeof streamOutput>[1]) {
  const stream = await streamOutput(row, reader);
  if (!stream) return;
  try {
    yield* readEvents(stream);
  } catch (error) {
    log.info("answer_continues", { prediction: row.id, error });
  }
}

function nullIfUnavailable(error: unknown): null {
  if (error instanceof AppError && error.code === "db_unavailable") return null;
  throw error;
}

/** Yields the text in the row that follows `written`, and then the events that say how the prediction has ended. */
function* endOf({ status, output, error }: PredictionRow, written: string): Generator<AnswerEvent, void, undefined> {
  const text = textOf(output);
  if (text.length > written.length && text.startsWith(written)) {
    yield { event: "output", data: text.slice(written.length) };
  }
  if (status === "succeeded") return yield { event: "done", data: "{}" };
  if (status === "canceled") return yield { event: "done", data: JSON.stringify({ reason: "canceled" }) };
  const detail = error ?? "The model was not started in time.";
  yield { event: "error", data: JSON.stringify({ type: "prediction_failed", detail }), detail };
  yield { event: "done", data: JSON.stringify({ reason: "error" }) };
}

/** Returns the text in the output of a language model. Most of these models return a list of pieces. */
function textOf(output: unknown): string {
  const pieces: unknown[] = Array.isArray(output) ? output : [output];
  return pieces.filter((piece) => typeof piece === "string").join("");
}

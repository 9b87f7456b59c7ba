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

/** An answer is followed for this time (ms), before serverless hosts end the request. */
const MAX_TIME = 280_000;
/** How often the row is read, if no change of it is published (ms). */
const TICK = 1_000;
/** After this many streams in a row that bring nothing, the text comes from the row alone. */
const MAX_FAILURES = 3;
/** A stream that was open for this time (ms) has not failed: Replicate ends a stream in which nothing happens for 30 seconds. */
const LONG = 25_000;

/** The user who reads, the user's access token, and a signal that aborts when the reader disconnects. */
type Reader = { userId: string; token: string | null; signal: AbortSignal };
/** `detail`: why the prediction failed. */
export type AnswerEvent = ServerEvent & { detail?: string };

/**
 * Yields the answer of a language model as events: `output` with a piece of text, as soon as the model has written it, and at the
 * end `done`, after `error` if the prediction failed. The pieces come from Replicate's stream, which is continued if it breaks
 * off. What is missing at the end, or the whole text of a model that does not stream, comes from the row. Ends early when the
 * reader disconnects or is signed out, and after `MAX_TIME`. The prediction does not depend on it.
 */
export async function* streamAnswer(
  id: string,
  { userId, token, signal }: Reader,
): AsyncGenerator<AnswerEvent, void, undefined> {
  const left = new AbortController();
  const release = registerPoll(userId, () => left.abort());
  const end = AbortSignal.any([left.signal, signal, shutdownSignal, AbortSignal.timeout(MAX_TIME)]);
  // A reader that has left may never ask for the next event.
  end.addEventListener("abort", release);
  let written = "";
  let lastEventId: string | null = null;
  let failures = 0;
  let isOver = false;
  try {
    while (!end.aborted && (await getTokenUser(token).catch(() => null))) {
      // Listens before it reads, so that no change is missed.
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

/** Reads the stream of a running prediction. If there is no stream, or it breaks off, just ends. */
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

/** The rest of the text, and how the prediction has ended. */
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

/** The text in the output of a language model: most return it in pieces. */
function textOf(output: unknown): string {
  const pieces: unknown[] = Array.isArray(output) ? output : [output];
  return pieces.filter((piece) => typeof piece === "string").join("");
}

import "server-only";
import { AppError } from "@/lib/errors";
import { registerPoll } from "@/lib/limits/request-limits";
import { log } from "@/lib/log";
import { findRow, type PredictionRow } from "@/lib/predictions/rows";
import { isFinished } from "@/lib/predictions/status";
import { shutdownSignal } from "@/lib/process-globals";
import { readEvents, type ServerEvent } from "@/lib/replicate/read-events";
import { withProgress } from "./hold-progress";
import { nextChange } from "./publish-change";
import { streamOutput } from "./stream-output";

/** A text is streamed for at most this time (ms), because serverless hosts end a request after 300 s. */
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
 * `userId`: the user whose prediction it is. `isAllowed`: whether the text may still be read. `signal`: aborts when the reader
 * disconnects. `position`: how many characters of the text the reader has already. `logPosition`: how many characters of the
 * logs the reader has already. Without `logPosition`, no logs are sent.
 */
export type TextReader = {
  userId: string;
  isAllowed: () => Promise<boolean>;
  signal: AbortSignal;
  position?: number;
  logPosition?: number;
};
/**
 * - `output`: a piece of the text. `position` is the length of the text up to the end of this piece (characters). `id` is the id
 *   of Replicate's event, if the piece comes from Replicate's stream.
 * - `logs`: a piece of the logs. `position` is the length of the logs up to the end of this piece.
 * - `error`: why the prediction failed.
 * - `done`: the last event. Its `data` is JSON.
 */
export type TextEvent =
  | { event: "output"; id?: string | undefined; data: string; position: number }
  | { event: "logs"; data: string; position: number }
  | { event: "error" | "done"; data: string };
type Events = Generator<TextEvent, void, undefined>;

/**
 * Yields the text that a language model writes, as events: each piece as soon as the model has written it, and at the end `done`.
 * If the prediction failed, an `error` comes before `done`. The pieces come from Replicate's stream, which is opened again if it
 * breaks off. Text that did not come from the stream is read from the row. So even if the stream is lost, or if the prediction
 * has already ended, the reader gets the whole text, and each character once. Ends early when the reader disconnects or may no
 * longer read, when the prediction is deleted, when the server shuts down, and after `MAX_TIME`. The prediction itself continues.
 */
export async function* streamText(id: string, reader: TextReader): AsyncGenerator<TextEvent, void, undefined> {
  const left = new AbortController();
  const release = registerPoll(reader.userId, () => left.abort());
  const end = AbortSignal.any([left.signal, reader.signal, shutdownSignal, AbortSignal.timeout(MAX_TIME)]);
  // After a reader has disconnected, it is possible that the next event is never requested, and that `finally` below never
  // runs. So the poll is also released here.
  end.addEventListener("abort", release);
  const text = createSender(reader);
  let lastEventId: string | null = null;
  let failures = 0;
  let isOver = false;
  try {
    while (!end.aborted && (await reader.isAllowed().catch(() => false))) {
      // Starts to listen before the row is read, so that no change in between is missed.
      const change = nextChange(id, TICK, end);
      const row = await findRow(id).catch(undefinedIfUnavailable);
      if (row === null) return;
      if (row && isFinished(row.status)) return yield* text.end(row);
      if (row?.replicate_id && !isOver && failures < MAX_FAILURES) {
        const openedAt = performance.now();
        failures += 1;
        for await (const event of openEvents(row, { isAllowed: reader.isAllowed, lastEventId, signal: end })) {
          if (event.event === "done" && event.data === "{}")
            return yield* text.done(await findRow(id).catch(() => null));
          isOver = event.event === "done" || event.event === "error";
          if (isOver) break;
          if (event.event !== "output") continue;
          failures = 0;
          lastEventId = event.id ?? lastEventId;
          yield* text.add(event);
        }
        if (performance.now() - openedAt > LONG) failures = 0;
      } else if (row) yield* text.progress(withProgress(row));
      await change;
    }
  } finally {
    release();
  }
}

/** Returns functions that yield what the reader does not have yet. */
function createSender({ position: start = 0, logPosition }: TextReader) {
  let sent = start;
  let logsSent = logPosition ?? Infinity;
  /** The text that has come from Replicate's stream, from the first character on. */
  let heard = "";

  function* send(text: string, id?: string): Events {
    if (text.length <= sent) return;
    const data = text.slice(sent);
    sent = text.length;
    yield { event: "output", id, data, position: sent };
  }
  function* add({ id, data }: ServerEvent): Events {
    heard += data;
    yield* send(heard, id);
  }
  function* progress({ output, logs }: PredictionRow): Events {
    const lines = withLineFeeds(logs);
    if (lines.length > logsSent) {
      const data = lines.slice(logsSent);
      logsSent = lines.length;
      yield { event: "logs", data, position: logsSent };
    }
    const text = textOf(output);
    if (text.startsWith(heard)) yield* send(text);
  }
  /**
   * Yields the last events when Replicate's stream is complete. The row may not be finished yet, but it may have logs that were
   * not sent.
   */
  function* done(row: PredictionRow | null): Events {
    if (row) yield* progress(withProgress(row));
    yield { event: "done", data: "{}" };
  }
  function* end(row: PredictionRow): Events {
    yield* progress(row);
    if (row.status === "succeeded") return yield { event: "done", data: "{}" };
    if (row.status === "canceled") return yield { event: "done", data: JSON.stringify({ reason: "canceled" }) };
    yield { event: "error", data: row.error ?? "The model was not started in time." };
    yield { event: "done", data: JSON.stringify({ reason: "error" }) };
  }
  return { add, progress, done, end };
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
    log.info("text_continues", { prediction: row.id, error });
  }
}

function undefinedIfUnavailable(error: unknown): undefined {
  if (error instanceof AppError && error.code === "db_unavailable") return undefined;
  throw error;
}

/** Returns the text in the output of a language model. Most of these models return a list of pieces. */
function textOf(output: unknown): string {
  const pieces: unknown[] = Array.isArray(output) ? output : [output];
  return withLineFeeds(pieces.filter((piece) => typeof piece === "string").join(""));
}

/** Returns a text as it arrives in server-sent events, in which every line break becomes a line feed. */
function withLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}

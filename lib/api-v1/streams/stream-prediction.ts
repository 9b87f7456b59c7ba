import "server-only";
import { createCache } from "@/lib/cache";
import { findOpenPrediction } from "@/lib/api-v1/predictions/queries";
import { streamText, type TextEvent } from "@/lib/predictions/live-updates/stream-text";
import type { PredictionRow } from "@/lib/predictions/rows";
import { writeEvent } from "@/lib/replicate/read-events";
import { toBytes } from "@/lib/words/write-answer";
import { withKeepAliveComments } from "./keep-alive-comments";

/** For the id of a prediction: whether the prediction may still be streamed. Each value is cached for three seconds. */
const allowed = createCache<boolean>({ ttl: 3_000 });

/**
 * Returns the text of a prediction as Replicate's server-sent events: `output`, `logs`, `error` and `done`. `lastEventId` is
 * the id of the last event that the client has received: the stream continues after this event, even if another server sent
 * the event, or if the prediction has already ended. An unknown id is ignored. The stream ends early if the prediction is
 * deleted or its user is blocked.
 */
export function streamPrediction(
  { id, user_id: userId }: Pick<PredictionRow, "id" | "user_id">,
  { lastEventId, signal }: { lastEventId: string | null; signal: AbortSignal },
): ReadableStream<Uint8Array> {
  const isAllowed = () => allowed(id, async () => (await findOpenPrediction(id)) !== null);
  const reader = { userId, isAllowed, signal, ...positionsIn(lastEventId) };
  return toBytes(withKeepAliveComments(write(streamText(id, reader), reader)));
}

/**
 * Returns how many characters of the text and of the logs a client has already, according to the id of the last event. An id is
 * `<seconds since 1970>:<characters of the text>`, and after the first logs also `:<characters of the logs>`. Without an id, both
 * numbers are zero.
 */
export function positionsIn(lastEventId: string | null) {
  const [, position = 0, logPosition = 0] = /^\d+:(\d{1,12})(?::(\d{1,12}))?$/.exec(lastEventId ?? "") ?? [];
  return { position: Number(position), logPosition: Number(logPosition) };
}

/**
 * Yields the events in the text format of server-sent events. The id of each event contains how many characters of the text and
 * of the logs the client has after this event.
 */
async function* write(
  events: AsyncGenerator<TextEvent, void, undefined>,
  { position, logPosition }: ReturnType<typeof positionsIn>,
): AsyncGenerator<string, void, undefined> {
  let [text, logs] = [position, logPosition];
  for await (const given of events) {
    const { event, data } = given;
    if (event === "output") text = given.position;
    if (event === "logs") logs = given.position;
    const id = [Math.floor(Date.now() / 1000), text, ...(logs > 0 ? [logs] : [])].join(":");
    yield writeEvent({ event, id, data: event === "error" ? JSON.stringify({ detail: data }) : data });
  }
}

import "server-only";
import { createCache } from "@/lib/cache";
import { findOpenPrediction } from "@/lib/gateway/predictions/queries";
import { streamText, type TextEvent } from "@/lib/predictions/live-updates/stream-text";
import type { PredictionRow } from "@/lib/predictions/rows";
import { writeEvent } from "@/lib/replicate/read-events";
import { toBytes } from "@/lib/words/write-answer";
import { withComments } from "./with-comments";

/** Whether the streams of a prediction may go on. Each answer is used for three seconds, by its id. */
const allowed = createCache<boolean>({ ttl: 3_000 });

/**
 * Returns the text of a prediction as Replicate's server-sent events: `output`, `logs`, `error` and `done`. `lastEventId` is the
 * id of the last event that the client has: the text continues after it, also on another server, and when the prediction has
 * ended. An unknown id is ignored. The stream ends early if the prediction is deleted or its user blocked.
 */
export function streamPrediction(
  { id, user_id: userId }: Pick<PredictionRow, "id" | "user_id">,
  { lastEventId, signal }: { lastEventId: string | null; signal: AbortSignal },
): ReadableStream<Uint8Array> {
  const isAllowed = () => allowed(id, async () => (await findOpenPrediction(id)) !== null);
  const reader = { userId, isAllowed, signal, ...positionsIn(lastEventId) };
  return toBytes(withComments(write(streamText(id, reader), reader)));
}

/**
 * Returns the positions in the id of an event: `<s since 1970>:<characters of the text>` and, once there are logs,
 * `:<characters of the logs>`. Zero if it has none.
 */
export function positionsIn(lastEventId: string | null) {
  const [, position = 0, logPosition = 0] = /^\d+:(\d{1,12})(?::(\d{1,12}))?$/.exec(lastEventId ?? "") ?? [];
  return { position: Number(position), logPosition: Number(logPosition) };
}

/** Writes each event with an id that says how far the client is after it. */
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

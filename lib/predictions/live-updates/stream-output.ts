import "server-only";
import { registerPoll } from "@/lib/limits/request-limits";
import { log } from "@/lib/log";
import { shutdownSignal } from "@/lib/process-globals";
import { getPrediction } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import { openStream } from "@/lib/replicate/open-stream";
import type { PredictionRow } from "@/lib/predictions/rows";
import { isFinished } from "@/lib/predictions/status";

/** How often to check that the reader may still read the output (ms). */
const CHECK_EVERY = 3_000;
/**
 * A stream ends after this time (ms), because serverless hosts end a request after 300 s. The browser then opens the next
 * stream.
 */
const MAX_TIME = 280_000;

/** `isAllowed` returns whether the output may still be read. The stream ends if `isAllowed` returns false or fails. */
type Reader = { isAllowed: () => Promise<boolean>; lastEventId: string | null; signal: AbortSignal };

/**
 * Returns Replicate's server-sent events with the pieces of a running prediction's output. Returns null if the model does not
 * stream, or if the prediction has ended: the output is then only in the row. The stream ends when the prediction ends, when the
 * reader disconnects or may no longer read it, and after `MAX_TIME`.
 */
export async function streamOutput(
  row: Pick<PredictionRow, "id" | "user_id" | "status" | "replicate_id">,
  { isAllowed, lastEventId, signal }: Reader,
): Promise<ReadableStream<Uint8Array> | null> {
  if (isFinished(row.status) || !row.replicate_id) return null;
  const left = new AbortController();
  const leave = () => left.abort();
  const end = AbortSignal.any([left.signal, signal, shutdownSignal, AbortSignal.timeout(MAX_TIME)]);
  const upstream = await findStream(row.replicate_id, lastEventId, end);
  if (!upstream) return null;

  const release = registerPoll(row.user_id, leave);
  const checks = setInterval(() => void isAllowed().then((isStill) => isStill || leave(), leave), CHECK_EVERY);
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void upstream
    .pipeTo(writable, { signal: end })
    .catch((error: unknown) => log.info("stream_ended", { prediction: row.id, error }))
    .finally(() => {
      clearInterval(checks);
      release();
    });
  return readable;
}

/**
 * Opens Replicate's stream of a prediction. Returns null if the stream cannot be opened. This is not an error, because
 * webhooks and polls bring the output too.
 */
async function findStream(replicateId: string, lastEventId: string | null, signal: AbortSignal) {
  try {
    const { urls } = await getPrediction(replicateId);
    return urls?.stream ? await openStream(urls.stream, lastEventId, signal) : null;
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    log.info("stream_not_opened", { replicate_id: replicateId, kind: error.kind });
    return null;
  }
}

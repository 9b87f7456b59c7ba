import "server-only";
import { env } from "@/lib/env";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { ReplicateError } from "./errors";

/** Replicate must begin a stream within this time (ms). */
const TIMEOUT = 10_000;
/** The origins of Replicate's streams. The origin of its API is allowed too, because the sandbox sends its streams from there. */
const STREAM_ORIGINS = ["https://*.replicate.com"];

/**
 * Opens the stream of a prediction and returns its body: server-sent events with the pieces of the output. `url` is `urls.stream`
 * of the prediction. The stream starts with the first event or, if `lastEventId` is given, with the event after it. No token is
 * sent, because the URL is secret and is enough to read the stream. Throws `ReplicateError` if the stream cannot be opened.
 */
export async function openStream(
  url: string,
  lastEventId: string | null,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  if (!isAllowedUrl(url, [new URL(env().REPLICATE_API_BASE_URL).origin, ...STREAM_ORIGINS])) {
    throw new ReplicateError("unreadable", "The URL of the stream is not allowed.");
  }
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT);
  try {
    const response = await fetch(url, {
      headers: { accept: "text/event-stream", ...(lastEventId && { "last-event-id": lastEventId }) },
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.any([timeout.signal, signal]),
    });
    const isStream = response.ok && response.headers.get("content-type")?.startsWith("text/event-stream");
    if (isStream && response.body) return response.body;
    await response.body?.cancel();
    throw new ReplicateError("unclear", `The stream responded with status ${response.status}.`);
  } catch (cause) {
    if (cause instanceof ReplicateError) throw cause;
    throw new ReplicateError("unclear", "The stream could not be opened.", { cause });
  } finally {
    clearTimeout(timer);
  }
}

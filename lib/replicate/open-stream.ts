import "server-only";
import { env } from "@/lib/env";
import { isAllowedUrl } from "@/lib/security/allowed-url";
import { ReplicateError } from "./errors";

/** How long Replicate may take to begin a stream (ms). */
const TIMEOUT = 10_000;
/** The hosts of streams. The sandbox streams from its own. */
const STREAM_ORIGINS = ["https://*.replicate.com"];

/**
 * Opens a prediction's `urls.stream`: server-sent events with the pieces of its output, from the beginning or after the event
 * `lastEventId`. Sends no token, because the URL is secret. Throws `ReplicateError` if it cannot be opened.
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

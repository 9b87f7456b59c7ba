import { mediaItemsOf } from "@/components/media/media-item";
import { isUnsaved } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";
import { getPrediction, isOfAnotherUser, readPredictions } from "./read-response";
import { retryPause, waitOrUntilOnline } from "./retry-pause";
import { activeIds, type JobStore } from "./job-store";

export type Connection = "open" | "lost" | "signedOut";

/**
 * The server may wait up to `holdSeconds` before it responds. If there is no response after `timeout` (ms), the request is
 * aborted.
 */
const holdSeconds = 25;
const timeout = 40_000;
/** The pause before the next request after an image has finished (ms). The image loads during this time. */
const imageTime = 250;

/**
 * Updates the active predictions of a store until none is active. Requests the list of active predictions again and again, but
 * never twice at the same time. Stops when the user is signed out.
 */
export async function pollActive(store: JobStore, onConnection: (now: Connection) => void, signal: AbortSignal) {
  let etag: string | null = null;
  let listed = new Set<string>();
  let failures = 0;

  while (!signal.aborted && activeIds(store).length > 0) {
    const sentAt = performance.now();
    try {
      const response = await requestActive(etag, signal);
      if (response.status === 401 || isOfAnotherUser(response, store.owner)) return onConnection("signedOut");
      if (!response.ok && response.status !== 304)
        throw new TypeError(`The poll failed with the status ${response.status}.`);
      if (response.ok) {
        const predictions = await readPredictions(response);
        etag = response.headers.get("ETag");
        listed = new Set(predictions.map(({ id }) => id));
        show(store, predictions);
        // The browser must load finished images first. So the page sends no request for a moment. For the same reason, the server
        // starts to save the images 0.3 s after they are finished.
        if (predictions.some(isUnsaved)) await waitOrUntilOnline(imageTime, signal);
      }
      // A prediction that is no longer in the server's list is not active any more. Its final state is requested here.
      const unlisted = activeIds(store).filter((id) => !listed.has(id));
      const found = await Promise.all(unlisted.map((id) => getPrediction(id, signal)));
      const finished = found.filter((prediction) => prediction !== null);
      show(store, finished);
      failures = 0;
      onConnection("open");
      // If the server has responded without waiting, the page waits before the next request.
      const isTooFast = response.status === 304 && performance.now() - sentAt < 1000;
      if (!etag || isTooFast) await waitOrUntilOnline(1000, signal);
    } catch {
      if (signal.aborted) return;
      failures += 1;
      onConnection("lost");
      await waitOrUntilOnline(retryPause(failures), signal);
    }
  }
}

function requestActive(etag: string | null, signal: AbortSignal) {
  return fetch("/api/replicate?status=active", {
    headers: { Prefer: `wait=${holdSeconds}`, ...(etag && { "If-None-Match": etag }) },
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    // The browser's cache is not needed: because of `If-None-Match`, the server does not send the same data twice.
    cache: "no-store",
  });
}

function show(store: JobStore, predictions: Prediction[]) {
  if (predictions.length === 0) return;
  // Starts loading finished images before their card is rendered.
  for (const { src, kind } of predictions.filter(isUnsaved).flatMap(mediaItemsOf)) {
    if (kind !== "image") continue;
    const image = new Image();
    image.fetchPriority = "high";
    image.src = src;
  }
  store.apply({ type: "seen", predictions });
}

// This file is loaded after the page (see use-active-predictions.ts).

import type { Prediction } from "@/lib/predictions/schema";
import { isOfAnotherUser, readPredictions } from "./read-response";
import type { Connection } from "./poll-active";
import type { JobStore } from "./job-store";

type Updates = {
  connection: { get: () => Connection; set: (now: Connection) => void };
  onNewest: (predictions: Prediction[]) => void;
  /** Called when a user has signed in again. This may be another user than before. */
  onSignedIn: () => void;
  signal: AbortSignal;
};

/** The time between two requests, and the longest time that a request may take (ms). */
const interval = 15_000;
const timeout = 10_000;
const newestCount = 20;

/**
 * Requests the newest predictions every 15 s while the page is visible. Also requests them when the page becomes visible or gets
 * the focus, and when the network is back.
 */
export function pollNewest(store: JobStore, { connection, onNewest, onSignedIn, signal }: Updates) {
  let etag: string | null = null;
  let isRequesting = false;

  async function requestNewest() {
    const response = await fetch(`/api/replicate?limit=${newestCount}`, {
      headers: etag ? { "If-None-Match": etag } : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      // The browser's cache is not needed: because of `If-None-Match`, the server does not send the same data twice.
      cache: "no-store",
    });
    if (response.status === 401) return connection.set("signedOut");
    // 429 means too many requests. The connection is not lost.
    if (response.status === 429) return;
    if (!response.ok && response.status !== 304)
      throw new TypeError(`The newest predictions could not be loaded: status ${response.status}.`);
    const isSignedIn = connection.get() === "signedOut" || isOfAnotherUser(response, store.owner);
    connection.set("open");
    if (isSignedIn) {
      etag = null;
      return onSignedIn();
    }
    if (!response.ok) return;
    const predictions = await readPredictions(response);
    etag = response.headers.get("ETag");
    onNewest(predictions);
  }

  async function requestWhenVisible() {
    if (isRequesting || document.visibilityState === "hidden") return;
    isRequesting = true;
    await requestNewest().catch(() => signal.aborted || connection.set("lost"));
    isRequesting = false;
  }

  const onEvent = () => void requestWhenVisible();
  const timer = setInterval(onEvent, interval);
  signal.addEventListener("abort", () => clearInterval(timer));
  window.addEventListener("focus", onEvent, { signal });
  window.addEventListener("online", onEvent, { signal });
  document.addEventListener("visibilitychange", onEvent, { signal });
}

// Loaded after the page, by use-active-predictions.
import { announce } from "@/components/ui/live-region";
import { explainFailure } from "@/lib/predictions/failure";
import { statusLabel } from "@/lib/predictions/status";
import type { Prediction } from "@/lib/predictions/schema";
import { explainProblem, isOfAnotherUser, readPredictions } from "./api";
import type { Job } from "./job";
import type { Connection } from "./polling";
import type { JobStore } from "./store";

type Updates = {
  connection: { get: () => Connection; set: (now: Connection) => void };
  onNewest: (predictions: Prediction[]) => void;
  /** A user has signed in again, maybe another one. */
  onSignedIn: () => void;
  signal: AbortSignal;
};

/** The time between two requests, and how long one may take (ms). */
const interval = 15_000;
const timeout = 10_000;
/** How many of the newest predictions are asked for. */
const newestCount = 20;

/** Announces each step of each job, and finds predictions that were started elsewhere, until `signal` aborts. */
export function startBackgroundUpdates(store: JobStore, updates: Updates) {
  announceSteps(store, updates.signal);
  pollNewest(store, updates);
}

/** Tells screen readers each step of each job once. */
export function announceSteps(store: JobStore, signal: AbortSignal) {
  const read = () => new Map(store.get().map((job) => [job.key, stepOf(job)]));
  let before = read();
  const unsubscribe = store.subscribe(() => {
    const now = read();
    for (const [key, step] of now) if (step !== before.get(key)) announce(step);
    before = now;
  });
  signal.addEventListener("abort", unsubscribe);
}

/** Where a job stands, without the percentage, which would be announced without end. */
function stepOf({ prediction, problem }: Job) {
  if (problem) return explainProblem(problem).title;
  if (!prediction) return "Sent";
  return explainFailure(prediction)?.title ?? statusLabel({ ...prediction, progress: null });
}

/** Asks for the newest predictions every 15 s while the page is visible, and when the user or the network returns. */
export function pollNewest(store: JobStore, { connection, onNewest, onSignedIn, signal }: Updates) {
  let etag: string | null = null;
  let isAsking = false;

  async function ask() {
    const response = await fetch(`/api/replicate?limit=${newestCount}`, {
      headers: etag ? { "If-None-Match": etag } : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      // Our own If-None-Match is the only cache.
      cache: "no-store",
    });
    if (response.status === 401) return connection.set("signedOut");
    // Too many requests do not mean that the connection is lost.
    if (response.status === 429) return;
    if (!response.ok && response.status !== 304) throw new TypeError(`The newest answered ${response.status}.`);
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

  async function askWhenVisible() {
    if (isAsking || document.visibilityState === "hidden") return;
    isAsking = true;
    await ask().catch(() => signal.aborted || connection.set("lost"));
    isAsking = false;
  }

  const onEvent = () => void askWhenVisible();
  const timer = setInterval(onEvent, interval);
  signal.addEventListener("abort", () => clearInterval(timer));
  window.addEventListener("focus", onEvent, { signal });
  window.addEventListener("online", onEvent, { signal });
  document.addEventListener("visibilitychange", onEvent, { signal });
}

import type { Prediction } from "@/lib/predictions/schema";
import { isOfAnother, readPredictions } from "./api";
import type { Connection } from "./polling";

export type Watch = {
  /** Whose page it is. */
  owner: string;
  onSeen: (predictions: Prediction[]) => void;
  onConnection: (connection: Connection) => void;
  isSignedOut: () => boolean;
  /** Somebody has signed in, in another tab maybe, and maybe somebody else. */
  onSignedIn: () => void;
  signal: AbortSignal;
};

/** Between two looks (ms), and how long one may take. */
const pause = 15_000;
const silence = 10_000;
/** Of the newest predictions as many as are looked at. */
const newest = 20;

/**
 * Looks whether anything was started elsewhere: every 15 s while the page is in sight, and at once when it comes into
 * sight, is turned to, or has its network back. Without news that costs the server one look at an index.
 */
export function pollNewest({ owner, onSeen, onConnection, isSignedOut, onSignedIn, signal }: Watch) {
  let etag: string | null = null;
  let isLooking = false;

  async function ask() {
    const response = await fetch(`/api/replicate?limit=${newest}`, {
      headers: etag ? { "If-None-Match": etag } : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(silence)]),
      // Our own If-None-Match is the only cache.
      cache: "no-store",
    });
    if (response.status === 401) return onConnection("signedOut");
    // Busy is not lost.
    if (response.status === 429) return;
    if (!response.ok && response.status !== 304) throw new TypeError(`The newest answered ${response.status}.`);
    const isBack = isSignedOut() || isOfAnother(response, owner);
    onConnection("open");
    if (isBack) {
      etag = null;
      return onSignedIn();
    }
    if (!response.ok) return;
    const predictions = await readPredictions(response);
    etag = response.headers.get("ETag");
    onSeen(predictions);
  }

  async function look() {
    if (isLooking || document.visibilityState === "hidden") return;
    isLooking = true;
    await ask().catch(() => signal.aborted || onConnection("lost"));
    isLooking = false;
  }

  const lookNow = () => void look();
  const timer = setInterval(lookNow, pause);
  signal.addEventListener("abort", () => clearInterval(timer));
  window.addEventListener("focus", lookNow, { signal });
  window.addEventListener("online", lookNow, { signal });
  document.addEventListener("visibilitychange", lookNow, { signal });
}

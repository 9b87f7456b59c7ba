import { isUnsaved } from "@/lib/predictions/parse-logs";
import type { Prediction } from "@/lib/predictions/schema";
import { isOfAnother, readPrediction, readPredictions } from "./api";
import { backoff, waitOrOnline } from "./retry";

export type Connection = "open" | "lost" | "signedOut";

type Follow = {
  /** Whose page it is. */
  owner: string;
  /** The predictions that are not finished and kept yet, as known at this moment. */
  activeIds: () => string[];
  onSeen: (predictions: Prediction[]) => void;
  onConnection: (connection: Connection) => void;
  signal: AbortSignal;
};

/** Seconds that the server may hold a request open, and ms after which we take a silent one for dead. */
const wait = 25;
const silence = 40_000;
/** ms in which the page fetches and shows a finished image, with nothing else asked of it or the server. */
const imageFirst = 250;

/** Keeps one request open for everything that runs, until nothing does. */
export async function pollActive({ owner, activeIds, onSeen, onConnection, signal }: Follow) {
  let etag: string | null = null;
  let listed = new Set<string>();
  let failures = 0;

  async function askOnce() {
    const asked = performance.now();
    const response = await fetch("/api/replicate?status=active", {
      headers: { Prefer: `wait=${wait}`, ...(etag ? { "If-None-Match": etag } : {}) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(silence)]),
      // Our own If-None-Match is the only cache.
      cache: "no-store",
    });
    if (response.status === 401 || isOfAnother(response, owner)) return "signedOut" as const;
    if (response.ok) {
      const predictions = await readPredictions(response);
      etag = response.headers.get("ETag");
      listed = new Set(predictions.map(({ id }) => id));
      onSeen(predictions);
      // Images that are ready come first; their copying, the next news of them, begins only then.
      if (predictions.some(isUnsaved)) await waitOrOnline(imageFirst, signal);
    } else if (response.status !== 304) {
      throw new TypeError(`The list of running predictions answered ${response.status}.`);
    }
    const gone = activeIds().filter((id) => !listed.has(id));
    if (gone.length > 0) onSeen(await Promise.all(gone.map((id) => askFor(id, signal))));
    // A server that does not hold requests open must not be asked without pause.
    if (!etag || (response.status === 304 && performance.now() - asked < 1000)) await waitOrOnline(1000, signal);
    return "open" as const;
  }

  while (!signal.aborted && activeIds().length > 0) {
    try {
      const connection = await askOnce();
      failures = 0;
      onConnection(connection);
      if (connection === "signedOut") return;
    } catch {
      if (signal.aborted) return;
      failures += 1;
      onConnection("lost");
      await waitOrOnline(backoff(failures), signal);
    }
  }
}

async function askFor(id: string, signal: AbortSignal) {
  const response = await fetch(`/api/replicate/${id}`, { signal, cache: "no-store" });
  if (!response.ok) throw new TypeError(`Prediction ${id} answered ${response.status}.`);
  return readPrediction(response);
}

import "server-only";
import { waitFor } from "./changes";
import type { Tagged } from "./queries";
import type { PredictionRow } from "./rows";

/**
 * Long poll: looks until there is something whose tag is not `known`, at most `seconds`. Null: time is up and the caller
 * still knows everything.
 */
export async function watch<Value>(
  id: string,
  look: (changed: PredictionRow | null) => Promise<Tagged<Value>>,
  { known, seconds, signal }: { known: string | null; seconds: number; signal: AbortSignal },
): Promise<Tagged<Value> | null> {
  const news = async (changed: PredictionRow | null) => {
    // All steps are done, so the end is a moment away: an answer now would have the page busy asking again just then.
    if (changed?.status === "processing" && changed.progress === 1) return null;
    const found = await look(changed);
    return found.etag === known ? null : found;
  };
  return waitFor(id, news, seconds * 1000, signal);
}

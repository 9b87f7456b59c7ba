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
    const found = await look(changed);
    return found.etag === known ? null : found;
  };
  return waitFor(id, news, seconds * 1000, signal);
}

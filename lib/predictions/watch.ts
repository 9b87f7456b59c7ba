import "server-only";
import { waitFor } from "./changes";
import type { Tagged } from "./queries";

/**
 * Long poll: looks until there is something whose tag is not `known`, at most `seconds`. Null: time is up and the caller
 * still knows everything.
 */
export async function watch<Value>(
  id: string,
  look: () => Promise<Tagged<Value>>,
  { known, seconds, signal }: { known: string | null; seconds: number; signal: AbortSignal },
): Promise<Tagged<Value> | null> {
  const changed = async () => {
    const found = await look();
    return found.etag === known ? null : found;
  };
  return waitFor(id, changed, seconds * 1000, signal);
}

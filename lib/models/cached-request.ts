import { createCache } from "@/lib/cache";
import { countModelRequest } from "@/lib/limits/request-limits";

/**
 * Returns a function that calls `load` and caches its results by arguments, for `ms`. Before the arguments, it takes a user id.
 * A call whose result is not cached counts for this user (see `countModelRequest`), and may throw `rate_limited`. With the id
 * null, it counts for nobody.
 */
export function cached<Args extends (string | null)[], Value>(ms: number, load: (...args: Args) => Promise<Value>) {
  const cache = createCache<Value>({ ttl: ms });
  return (userId: string | null, ...args: Args): Promise<Value> =>
    cache(JSON.stringify(args), () => {
      if (userId !== null) countModelRequest(userId);
      return load(...args);
    });
}

import { createCache } from "@/lib/cache";
import { countModelRequest } from "@/lib/limits/request-limits";

/**
 * Returns a function that calls `load` and caches its results for `ttl` ms (see `createCache`). The returned function takes the
 * id of a user, and then the parameters of `load`. All users share the cached results. If there is no cached result, the call is
 * counted for the user (see `countModelRequest`), and may throw `rate_limited`. If the user id is null, no call is counted.
 */
export function cached<Args extends (string | null)[], Value>(
  ttl: number | ((value: Value) => number),
  load: (...args: Args) => Promise<Value>,
) {
  const cache = createCache<Value>({ ttl });
  return (userId: string | null, ...args: Args): Promise<Value> =>
    cache(JSON.stringify(args), () => {
      if (userId !== null) countModelRequest(userId);
      return load(...args);
    });
}

import { createCache } from "@/lib/cache";
import { countModelRequest } from "@/lib/limits/request-limits";

/**
 * Returns a function that calls `load` and caches its results. `ttl` is as in `createCache` (ms). This function takes the id of a
 * user, and then the parameters of `load`. Users share the cached results. If there is no cached result, the call is counted for
 * the user (see `countModelRequest`), and may throw `rate_limited`. It is not counted if the user id is null.
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

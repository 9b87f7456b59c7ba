import { createCache } from "@/lib/cache";
import { countModelRequest } from "@/lib/limits/request-limits";

/**
 * Returns a function that calls `load` and caches each result for `ms`, by the arguments. The first parameter of this function is
 * a user id. The other parameters are the parameters of `load`. A call whose result is not cached is counted for the user (see
 * `countModelRequest`), and may throw `rate_limited`. If the user id is null, the call is not counted.
 */
export function cached<Args extends (string | null)[], Value>(ms: number, load: (...args: Args) => Promise<Value>) {
  const cache = createCache<Value>({ ttl: ms });
  return (userId: string | null, ...args: Args): Promise<Value> =>
    cache(JSON.stringify(args), () => {
      if (userId !== null) countModelRequest(userId);
      return load(...args);
    });
}

import { createCache } from "@/lib/cache";
import { countModelRequest } from "@/lib/limits/request-limits";

/**
 * Returns a function that calls `load` and caches each result by the arguments. `ttl` is as in `createCache` (ms). The first
 * parameter of the returned function is a user id. The other parameters are the parameters of `load`. A call whose result is not
 * cached is counted for the user (see `countModelRequest`), and may throw `rate_limited`. If the user id is null, the call is not
 * counted.
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

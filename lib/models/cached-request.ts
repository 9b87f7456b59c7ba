import { createCache } from "@/lib/cache";
import { countModelRequest } from "@/lib/limits/request-limits";

/**
 * Caches the results of `load` by arguments, for `ms`. The returned function takes a user id first: a call that needs `load`
 * counts for this user (see `countModelRequest`), unless the id is null. Throws `rate_limited`.
 */
export function cached<Args extends (string | null)[], Value>(ms: number, load: (...args: Args) => Promise<Value>) {
  const cache = createCache<Value>({ ttl: ms });
  return (userId: string | null, ...args: Args): Promise<Value> =>
    cache(JSON.stringify(args), () => {
      if (userId !== null) countModelRequest(userId);
      return load(...args);
    });
}

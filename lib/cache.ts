import { LRUCache } from "lru-cache";
import { countLookUp } from "@/lib/limits/count-requests";

type Options<Value> = { ttl: number | ((value: Value) => number); max?: number };

/**
 * A function that answers `load()` for a key, or gives the last answer for that key again while it is fresh. Callers that
 * ask for one key at the same time share one call. An error is passed on and not remembered. An answer is fresh for `ttl`
 * (ms), never for zero or less. Of more than `max` answers the least recently used one is dropped.
 */
export function createCache<Value>({ ttl, max = 200 }: Options<Value>) {
  const answers = new LRUCache<string, Promise<Value>>({ max, perf: { now: () => Date.now() }, ttlResolution: 0 });
  return async (key: string, load: () => Promise<Value>): Promise<Value> => {
    const known = answers.get(key);
    if (known) return known;
    const answer = load();
    answers.set(key, answer);
    try {
      const value = await answer;
      const fresh = typeof ttl === "number" ? ttl : ttl(value);
      if (fresh > 0) answers.set(key, answer, { ttl: fresh });
      else answers.delete(key);
      return value;
    } catch (error) {
      answers.delete(key);
      throw error;
    }
  };
}

/**
 * `load` with its answers cached for `ms`, by arguments. The new function takes the user first: a call that is not answered
 * from the cache counts as a look-up of that user, unless it is null. Throws `rate_limited`.
 */
export function cached<Args extends (string | null)[], Answer>(ms: number, load: (...args: Args) => Promise<Answer>) {
  const answer = createCache<Answer>({ ttl: ms });
  return (userId: string | null, ...args: Args): Promise<Answer> =>
    answer(JSON.stringify(args), () => {
      if (userId !== null) countLookUp(userId);
      return load(...args);
    });
}

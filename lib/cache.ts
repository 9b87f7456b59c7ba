import { LRUCache } from "lru-cache";

type Options<Value> = { ttl: number | ((value: Value) => number); max?: number };

/**
 * Returns a function that loads the value of a key, or returns the cached value while it is fresh. Concurrent calls with the same
 * key share one `load()`. If `load` fails, its error is thrown and not cached. `ttl`: how long a value stays fresh (ms), or a
 * function that returns this time for a value. If it is zero or less, the value is not cached. `max`: the largest number of
 * cached values. Beyond it, the least recently used value is dropped.
 */
export function createCache<Value>({ ttl, max = 200 }: Options<Value>) {
  const pending = new LRUCache<string, Promise<Value>>({ max, perf: { now: () => Date.now() }, ttlResolution: 0 });
  const read = async (key: string, load: () => Promise<Value>): Promise<Value> => {
    const known = pending.get(key);
    if (known) return known;
    const loading = load();
    pending.set(key, loading);
    try {
      const value = await loading;
      const fresh = typeof ttl === "number" ? ttl : ttl(value);
      if (fresh > 0) pending.set(key, loading, { ttl: fresh });
      else pending.delete(key);
      return value;
    } catch (error) {
      pending.delete(key);
      throw error;
    }
  };
  return Object.assign(read, { forget: (key: string) => void pending.delete(key) });
}

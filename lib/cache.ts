import { LRUCache } from "lru-cache";

/** Options of an `LRUCache`: it reads the time from `Date` at each use, which tests can change. */
export const clock = { perf: { now: () => Date.now() }, ttlResolution: 0 };

type Options<Value> = {
  ttl: number | ((value: Value) => number);
  max?: number;
  size?: { most: number; of: (value: Value) => number };
};

/**
 * Returns a function that loads the value of a key, or returns the cached value while it is fresh. Concurrent calls with the same
 * key share one `load()`. If `load` fails, its error is thrown and not cached. `ttl`: how long a value stays fresh (ms), or a
 * function that returns this time for a value. If this time is zero or less, the value is not cached. `max`: the largest number
 * of cached values. `size`: a function that returns the size of a value (`of`), and the largest total size of all values
 * (`most`). Beyond `max` or `most`, the least recently used values are dropped.
 */
export function createCache<Value>({ ttl, max = 200, size }: Options<Value>) {
  const pending = new LRUCache<string, Promise<Value>>({
    max,
    ...clock,
    ...(size && { maxSize: size.most }),
  });
  const sized = (units: number) => (size ? { size: Math.max(1, units) } : {});
  const read = async (key: string, load: () => Promise<Value>): Promise<Value> => {
    const known = pending.get(key);
    if (known) return known;
    const loading = load();
    pending.set(key, loading, sized(1));
    try {
      const value = await loading;
      const fresh = typeof ttl === "number" ? ttl : ttl(value);
      // Stores a new promise. If the same promise were stored again, the cache would not update the size of this entry.
      if (fresh > 0) pending.set(key, Promise.resolve(value), { ttl: fresh, ...sized(size?.of(value) ?? 1) });
      else pending.delete(key);
      return value;
    } catch (error) {
      pending.delete(key);
      throw error;
    }
  };
  return Object.assign(read, { forget: (key: string) => void pending.delete(key) });
}

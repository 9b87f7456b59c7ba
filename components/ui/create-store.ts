import { useSyncExternalStore } from "react";

/**
 * A value outside React that components can follow. `start` runs when the first listener comes; what it returns runs when
 * the last one has gone.
 */
export function createStore<Value>(initial: Value, start?: () => () => void) {
  let value = initial;
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next: Value) => {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      if (listeners.size === 1) stop = start?.();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop?.();
      };
    },
  };
}

type Store<Value> = Pick<ReturnType<typeof createStore<Value>>, "get" | "subscribe">;

/** What `select` takes from a store. Renders again only when that changes. On the server and while hydrating it is `onServer`. */
export function useStore<Value, Selected>(
  store: Store<Value>,
  select: (value: Value) => Selected,
  onServer?: Selected,
): Selected {
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, onServer === undefined ? read : () => onServer);
}

import { useSyncExternalStore } from "react";

/**
 * Creates a value outside React that components can subscribe to. `start` runs when the first listener subscribes. The function
 * that `start` returns runs when the last listener unsubscribes.
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

/**
 * Returns the part of a store that `select` picks. The component renders again only when that part changes. If `onServer` is
 * given, it is the value on the server and during hydration.
 */
export function useStore<Value, Selected>(
  store: Store<Value>,
  select: (value: Value) => Selected,
  onServer?: Selected,
): Selected {
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, onServer === undefined ? read : () => onServer);
}

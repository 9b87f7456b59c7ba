import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now: number | null = null;

/** The time in ms, ten times a second; null until the script runs. All clocks on the page share one timer. */
export function useNow() {
  return useSyncExternalStore(
    watch,
    () => now,
    () => null,
  );
}

function watch(watcher: () => void) {
  watchers.add(watcher);
  if (watchers.size === 1) {
    now = Date.now();
    timer = setInterval(tick, 100);
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    now = null;
  };
}

function tick() {
  now = Date.now();
  for (const watcher of watchers) watcher();
}

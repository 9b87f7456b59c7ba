import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The time in ms, ten times a second; null until the script runs. All clocks on the page share one timer. */
export function useNow() {
  return useSyncExternalStore(watch, tenthOfSecond, () => null);
}

function tenthOfSecond() {
  return Math.floor(Date.now() / 100) * 100;
}

function watch(watcher: () => void) {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    for (const each of watchers) each();
  }, 100);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

import { createStore, useStore } from "./create-store";

const time = createStore<number | null>(null, () => {
  const tick = () => time.set(Date.now());
  const timer = setInterval(tick, 100);
  tick();
  return () => {
    clearInterval(timer);
    time.set(null);
  };
});

/** The time in ms, ten times a second; null on the server and until the first tick. All clocks on the page share one timer. */
export function useNow() {
  return useStore(time, (now) => now, null);
}

/** Returns the pause after this many failures in a row (ms): 0.5 s after the first, then twice as long each time, up to 15 s. */
export function retryPause(failures: number) {
  return Math.min(500 * 2 ** (failures - 1), 15_000);
}

/** Waits for `ms` milliseconds. Ends earlier if the network comes back or `signal` aborts. */
export function waitOrUntilOnline(ms: number, signal?: AbortSignal) {
  return new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    signal?.addEventListener("abort", done);
    if (signal?.aborted) done();
  });
}

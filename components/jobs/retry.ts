/** How long to wait before trying again after so many failures, in ms: 0.5 s, doubling, at most 15 s. */
export function backoff(failures: number) {
  return Math.min(500 * 2 ** (failures - 1), 15_000);
}

/** Waits, but not longer than until the network is back or `signal` says stop. */
export function waitOrOnline(ms: number, signal?: AbortSignal) {
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

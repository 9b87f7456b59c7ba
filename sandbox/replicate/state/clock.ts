/**
 * The clock of the sandbox. The durations of runs, of pauses between retries and of expiry periods are measured in sandbox time,
 * which passes `factor` times as fast as real time: with 60, a minute of sandbox time takes one real second.
 */
export type Clock = {
  factor: number;
  /** Returns the real Unix time in ms. Responses contain only real times, never sandbox time. */
  now(): number;
  /**
   * Returns the real time as RFC 3339 text with microseconds. Each call returns a later value, so that the values can be used as
   * cursors.
   */
  timestamp: () => string;
  /** Returns the real time at which `ms` of sandbox time have passed since the real time `start`. */
  after(start: number, ms: number): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Resolves `ms` of sandbox time after the real time `start`, or immediately if this time has passed. Resolves earlier if the
   * signal aborts.
   */
  until(start: number, ms: number, signal?: AbortSignal): Promise<void>;
};

/** Resolves after `ms` real milliseconds, or when the signal aborts. Never rejects. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted || ms <= 0) return resolve();
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    }
    // A delay above 2^31 - 1 ms overflows in setTimeout, which would then call `done` immediately.
    const timer = setTimeout(done, Math.min(ms, 2 ** 31 - 1));
    signal?.addEventListener("abort", done);
  });
}

export function createClock(factor = 1): Clock {
  let last = 0;
  const clock: Clock = {
    factor,
    now: () => Date.now(),
    timestamp() {
      last = Math.max(last + 1, Date.now() * 1000);
      const millis = new Date(Math.floor(last / 1000)).toISOString().slice(0, -1);
      return `${millis}${String(last % 1000).padStart(3, "0")}Z`;
    },
    after: (start, ms) => start + ms / clock.factor,
    sleep: (ms, signal) => pause(ms / clock.factor, signal),
    until: (start, ms, signal) => pause(clock.after(start, ms) - Date.now(), signal),
  };
  return clock;
}

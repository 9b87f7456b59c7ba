/** ms. What hangs must not hold a copy, a lease, or everybody who waits for the same look, for ever. */
export const ANSWER_WITHIN = 30_000;

/** How Supabase is asked: nothing is cached, and an answer that does not come in time is an error. */
export const fetchWithTimeout: typeof fetch = (input, init) =>
  fetch(input, { ...init, cache: "no-store", signal: init?.signal ?? AbortSignal.timeout(ANSWER_WITHIN) });

/**
 * ms. A connection that is closed just when its client uses it again loses that request, so servers keep theirs for longer
 * than clients do; Replicate's client waits for up to 60 s.
 */
export const KEEP_ALIVE = { keepAliveTimeout: 75_000, headersTimeout: 80_000 };

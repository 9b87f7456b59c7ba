/**
 * Timeouts of the servers, in ms. A server must keep an idle connection open longer than its clients do, because a request
 * that arrives while the connection closes is lost. Replicate's client waits up to 60 s.
 */
export const KEEP_ALIVE = { keepAliveTimeout: 75_000, headersTimeout: 80_000 };

/**
 * Timeouts of the sandbox's servers, in ms. If a request arrives while the server closes an idle connection, the request is lost.
 * So a server must keep idle connections open longer than its clients do.
 */
export const HTTP_TIMEOUTS = { keepAliveTimeout: 75_000, headersTimeout: 80_000 };

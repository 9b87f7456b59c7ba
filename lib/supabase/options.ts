/** Time limit of a Supabase request (ms). Without it, a request could block a lease or a long poll forever. */
export const SUPABASE_TIMEOUT = 30_000;
/** Time limit of one request that checks or renews a session (ms): a user is waiting for it. */
export const SIGN_IN_TIMEOUT = 5_000;

/** `fetch` for Supabase's clients: without cache, with a time limit (ms). */
export const fetchWithin =
  (timeout = SUPABASE_TIMEOUT): typeof fetch =>
  (input, init) =>
    fetch(input, { ...init, cache: "no-store", signal: init?.signal ?? AbortSignal.timeout(timeout) });

/** For clients with a key or a token instead of a session. */
export const withoutSession = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };

/** The session cookie. JavaScript cannot read it: only the server uses Supabase. */
export function sessionCookie(isHttps: boolean) {
  return { path: "/", sameSite: "lax", httpOnly: true, secure: isHttps } as const;
}

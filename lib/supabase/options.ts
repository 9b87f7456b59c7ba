/** How long a Supabase request may take (ms). A request that hangs must not hold a lease or a long poll forever. */
export const SUPABASE_TIMEOUT = 30_000;

/** `fetch` for Supabase's clients: uncached, with a timeout. */
export const fetchWithTimeout: typeof fetch = (input, init) =>
  fetch(input, { ...init, cache: "no-store", signal: init?.signal ?? AbortSignal.timeout(SUPABASE_TIMEOUT) });

/** For a client that has a key or a token instead of a session. */
export const withoutSession = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };

/** The session cookie. Scripts cannot read it: only the server talks to Supabase. */
export function sessionCookie(isHttps: boolean) {
  return { path: "/", sameSite: "lax", httpOnly: true, secure: isHttps } as const;
}

/** Time limit of a Supabase request (ms). Without a limit, a background task or a long poll could wait forever for a response. */
export const SUPABASE_TIMEOUT = 30_000;
/** Time limit of one request that checks or renews a session (ms). It is short, because a user is waiting. */
export const SIGN_IN_TIMEOUT = 5_000;

/** An upload may take one second longer for every 500,000 bytes. */
const BYTES_PER_SECOND = 500_000;

/** The error codes of `fetch` for a connection that the server has closed. */
const LOST = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

/**
 * Returns a `fetch` for Supabase's clients, without a cache and with a time limit (ms). For an upload, the limit is longer.
 * Repeats a GET once if its connection was lost. This happens if Supabase has closed an idle connection just before it is used
 * again, for example while our server was paused or busy.
 */
export const fetchWithin =
  (timeout = SUPABASE_TIMEOUT): typeof fetch =>
  (input, init) => {
    const bytes = init?.body instanceof FormData ? sizeOf(init.body) : 0;
    const signal = init?.signal ?? AbortSignal.timeout(timeout + Math.ceil(bytes / BYTES_PER_SECOND) * 1000);
    // Without these two options, fetch keeps the whole body in memory, to be able to send the body again after a redirect.
    const streamed = bytes > 0 ? ({ redirect: "error", window: null } as const) : {};
    const send = () => fetch(input, { ...init, ...streamed, cache: "no-store", signal });
    const isRead = !(input instanceof Request) && (init?.method ?? "GET").toUpperCase() === "GET";
    return isRead
      ? send().catch((error: unknown) => (isLostConnection(error) ? send() : Promise.reject(error)))
      : send();
  };

function isLostConnection(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {};
  return cause instanceof Error && "code" in cause && LOST.has(String(cause.code));
}

function sizeOf(form: FormData): number {
  return Array.from(form.values()).reduce((sum, value) => sum + (value instanceof Blob ? value.size : 0), 0);
}

/** Options for a client that has a key or a token instead of a session. */
export const withoutSession = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };

/**
 * Returns the header `User-Agent` of a browser's request, to pass it on to Supabase. In the list of the user's sessions, this
 * header names the browser.
 */
export function userAgentOf(headers: Headers): Record<string, string> {
  const name = headers.get("user-agent");
  return name ? { "user-agent": name.slice(0, 500) } : {};
}

type Cookie = { name: string; value: string; options: object };

/** How long a browser may take to return with a code from an e-mail or from another service (s). */
const VERIFIER_SECONDS = 60 * 60;

/**
 * Returns the cookies that Supabase's client wants to set, with two changes. One cookie contains the secret with which the client
 * later exchanges a code for a session. The client keeps this secret for a year, and this function shortens the time to an hour.
 * The client also keeps the secrets of earlier attempts. This function leaves them out, because they are not needed.
 */
export function tidyCookies(cookies: Cookie[]): Cookie[] {
  return cookies
    .filter(({ name }) => !/-flow(s|-\w+)-code-verifier/.test(name))
    .map((cookie) =>
      cookie.value && cookie.name.includes("-code-verifier")
        ? { ...cookie, options: { ...cookie.options, maxAge: VERIFIER_SECONDS } }
        : cookie,
    );
}

/**
 * The options of the session cookie. JavaScript cannot read the cookie, and need not read it, because only the server uses
 * Supabase.
 */
export function sessionCookie(isHttps: boolean) {
  return { path: "/", sameSite: "lax", httpOnly: true, secure: isHttps } as const;
}

import "server-only";
import { createServerClient, type CookieMethodsServer } from "@supabase/ssr";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState, type Renewal } from "@/lib/process-globals";
import { sessionCookie } from "./options";

/** How long a page waits for Supabase to check its user (ms). */
const PAGE_LIMIT = 3_000;
/** Time limit of one attempt to renew a session (ms), and the pause before the second one. */
const ATTEMPT_LIMIT = 5_000;
const ATTEMPT_PAUSE = 300;
/** Requests that were sent together have the same refresh token. It works only once, so they share its answer (ms). */
const SHARED_FOR = 60_000;
/** The shortest and longest time until a failed renewal is tried again (ms). */
const MIN_PAUSE = 2_000;
const MAX_PAUSE = 60_000;

/** After any other temporary error, Supabase's client repeats the request for up to 30 seconds. */
const UNAVAILABLE: Renewal = { status: 429, body: '{"msg":"The session cannot be renewed now."}', ttl: MIN_PAUSE };

const NewSession = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  user: z.object({ id: z.uuid(), email: z.string().default("") }),
});

type Options = Pick<CookieMethodsServer, "getAll"> &
  Required<Pick<CookieMethodsServer, "setAll">> & { isHttps: boolean; isPage: boolean };

/**
 * Returns the access token of the session cookie, or null without a session. Does not verify it. Renews an expired session.
 * Throws `db_unavailable` if that is not possible now. The cookie then stays, so the user remains signed in.
 */
export async function readSession({ getAll, setAll, isHttps, isPage }: Options): Promise<string | null> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  let isUnavailable = false;
  const { auth } = createServerClient(url, key, {
    cookieOptions: sessionCookie(isHttps),
    cookies: {
      getAll,
      // After a 429, Supabase's client would delete the cookie.
      setAll: (changed, cacheHeaders) => (isUnavailable ? undefined : setAll(changed, cacheHeaders)),
    },
    global: {
      fetch: async (input, init) => {
        const name = typeof init?.body === "string" ? init.body : "";
        const answer = processState.renewals(name, () => renew(input, init));
        const renewal = await (isPage ? withinPageLimit(name, answer) : answer).catch(() => UNAVAILABLE);
        isUnavailable = renewal.status === UNAVAILABLE.status;
        return new Response(renewal.body, renewal);
      },
    },
  });
  // Sends a request only if the token has expired or is about to.
  const { session } = (await auth.getSession()).data;
  if (!session && isUnavailable) throw signInUnavailable();
  return session?.access_token ?? null;
}

/**
 * Returns the result of a sign-in check of a page. Throws `db_unavailable` if it takes longer than three seconds, and then for
 * five seconds at once if it is still not there. The check continues, and a later page gets its result.
 */
export async function withinPageLimit<Result>(name: string, check: Promise<Result>): Promise<Result> {
  const { slowChecks } = processState;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const giveUp = () => {
    if (!slowChecks.has(name)) slowChecks.set(name, true);
    reject(signInUnavailable());
  };
  const timer = setTimeout(giveUp, slowChecks.has(name) ? 0 : PAGE_LIMIT);
  return Promise.race([check, late]).finally(() => clearTimeout(timer));
}

/** An outage of Supabase must not look like a sign-out. */
export function signInUnavailable(cause?: unknown): AppError {
  const message = "Your sign-in can't be checked right now. Try again in a moment.";
  return new AppError("db_unavailable", message, { cause });
}

async function renew(...request: Parameters<typeof fetch>): Promise<Renewal> {
  const first = await tryToRenew(...request);
  if (first) return first;
  await new Promise((resolve) => setTimeout(resolve, ATTEMPT_PAUSE));
  return (await tryToRenew(...request)) ?? UNAVAILABLE;
}

/** Returns Supabase's answer; null if there is none, or a temporary error other than 429. */
async function tryToRenew(...[input, init]: Parameters<typeof fetch>): Promise<Renewal | null> {
  try {
    const response = await fetch(input, { ...init, cache: "no-store", signal: AbortSignal.timeout(ATTEMPT_LIMIT) });
    const { status, ok } = response;
    if (status >= 500) return null;
    if (status === UNAVAILABLE.status) return { ...UNAVAILABLE, ttl: pauseOf(response) };
    const body = await response.text();
    if (ok) rememberUser(NewSession.parse(JSON.parse(body)));
    return { status, body, ttl: SHARED_FOR };
  } catch {
    return null;
  }
}

/** Supabase has just created the token, so it need not be verified. */
function rememberUser({ access_token, expires_in, user }: z.infer<typeof NewSession>) {
  void processState.users(access_token, async () => ({ ...user, expiresAt: Date.now() + expires_in * 1000 }));
}

function pauseOf({ headers }: Response): number {
  const asked = Number(headers.get("retry-after") ?? 0) * 1000;
  return Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, asked || 0));
}

import "server-only";
import { createServerClient, type CookieMethodsServer } from "@supabase/ssr";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState, type Renewal } from "@/lib/process-globals";
import { AuthUser } from "./auth-user";
import { SIGN_IN_TIMEOUT, sessionCookie } from "./client-options";

/** How long a page waits for Supabase to check its user (ms). */
const PAGE_LIMIT = 3_000;
/** The pause before the second attempt to renew a session (ms). */
const ATTEMPT_PAUSE = 300;
/**
 * How long requests share the result of a renewal (ms). Requests that a browser sends at the same time contain the same refresh
 * token, which works only once.
 */
const SHARED_FOR = 60_000;
/** The shortest and longest time until a failed renewal is tried again (ms). */
const MIN_PAUSE = 2_000;
const MAX_PAUSE = 60_000;

/**
 * The status of the response that we pass to Supabase's client after each failed renewal. With the real status, such as 503, the
 * client would repeat the request for up to 30 seconds.
 */
const NOT_RENEWED = { status: 400 };
const UNAVAILABLE: Renewal = { result: "unavailable", body: "{}", ttl: MIN_PAUSE };
const ENDED: Renewal = { result: "ended", body: "{}", ttl: SHARED_FOR };

/**
 * Only these errors end a session. Any other error may come from a firewall or a gateway in front of Supabase, and is temporary.
 */
const Ending = z.enum([
  "refresh_token_not_found",
  "refresh_token_already_used",
  "session_not_found",
  "session_expired",
  "user_not_found",
  "user_banned",
  // This means that the refresh token is malformed.
  "validation_failed",
]);
/**
 * The name of the field with the error code depends on the version of Supabase's API. Servers older than 2024 send an error in
 * the format of OAuth, in the field `error`.
 */
const Refusal = z.union([
  z.object({ code: Ending }),
  z.object({ error_code: Ending }),
  z.object({ error: z.literal("invalid_grant") }),
]);

const NewSession = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  user: AuthUser,
});

type Options = Pick<CookieMethodsServer, "getAll"> &
  Required<Pick<CookieMethodsServer, "setAll">> & {
    isHttps: boolean;
    isPage: boolean;
    /** The header `User-Agent` of the browser's request, which is passed on to Supabase. */
    userAgent: Record<string, string>;
  };

/**
 * Returns the access token of the session cookie, or null without a session. Does not verify the token. If the token has expired,
 * renews the session. Throws `db_unavailable` if the session cannot be renewed now. In this case, the cookie stays, so the user
 * remains signed in.
 */
export async function readSession({ getAll, setAll, isHttps, isPage, userAgent }: Options): Promise<string | null> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  let isUnavailable = false;
  const { auth } = createServerClient(url, key, {
    cookieOptions: sessionCookie(isHttps),
    cookies: {
      getAll,
      // Supabase's client deletes the cookie after every failed renewal. In an outage, the cookie must stay.
      setAll: (changed, cacheHeaders) => (isUnavailable ? undefined : setAll(changed, cacheHeaders)),
    },
    global: {
      headers: userAgent,
      fetch: async (input, init) => {
        const name = typeof init?.body === "string" ? init.body : "";
        const answer = processState.renewals(name, () => renew(input, init));
        const renewal = await (isPage ? withinPageLimit(name, answer) : answer).catch(() => UNAVAILABLE);
        isUnavailable = renewal.result === "unavailable";
        return new Response(renewal.body, renewal.result === "renewed" ? {} : NOT_RENEWED);
      },
    },
  });
  // `getSession` sends a request only if the token has expired or will expire soon.
  const { session } = (await auth.getSession()).data;
  if (!session && isUnavailable) throw signInUnavailable();
  return session?.access_token ?? null;
}

/**
 * Returns the result of a sign-in check for a page. Throws `db_unavailable` if the check takes longer than three seconds. For the
 * next five seconds, other pages that need this check do not wait: if the result is still missing, this function throws
 * immediately. The check continues, and a later page gets its result.
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

/**
 * Returns the error for a sign-in that cannot be checked now. Without this error, an outage of Supabase would look like a
 * sign-out.
 */
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

/** Tries once to renew the session. Returns null after a temporary error, except after the status 429 (too many requests). */
async function tryToRenew(...[input, init]: Parameters<typeof fetch>): Promise<Renewal | null> {
  try {
    const response = await fetch(input, { ...init, cache: "no-store", signal: AbortSignal.timeout(SIGN_IN_TIMEOUT) });
    if (response.status === 429) return { ...UNAVAILABLE, ttl: pauseOf(response) };
    if (response.status >= 500) return null;
    const body = await response.text();
    if (response.ok) {
      rememberUser(NewSession.parse(JSON.parse(body)));
      return { result: "renewed", body, ttl: SHARED_FOR };
    }
    Refusal.parse(JSON.parse(body));
    return ENDED;
  } catch {
    return null;
  }
}

/** Stores the user of a new token as verified, because Supabase has just created the token. */
function rememberUser({ access_token, expires_in, user }: z.infer<typeof NewSession>) {
  void processState.users(access_token, async () => ({ ...user, expiresAt: Date.now() + expires_in * 1000 }));
}

function pauseOf({ headers }: Response): number {
  const asked = Number(headers.get("retry-after") ?? 0) * 1000;
  return Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, asked || 0));
}

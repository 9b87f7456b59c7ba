import "server-only";
import { setImmediate } from "node:timers/promises";
import { isAuthSessionMissingError, type AuthError } from "@supabase/supabase-js";
import { redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { countRead } from "@/lib/limits/request-limits";
import { processState, type VerifiedUser } from "@/lib/process-globals";
import { senderOf } from "@/lib/security/origin";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { AuthUser } from "@/lib/supabase/auth-user";
import { SIGN_IN_TIMEOUT } from "@/lib/supabase/client-options";
import { signInUnavailable, withinPageLimit } from "@/lib/supabase/session";
import { type Claims, readClaims, signInTime } from "@/lib/supabase/token-claims";
import { bearerToken, createTokenClient, readToken } from "@/lib/supabase/user-client";

/**
 * `signedInAt`: when the user last proved who they are, with a password, with a link or code from an e-mail, or with an
 * account of another service (ms since 1970). Neither the renewal of a session nor the code of an authenticator app changes
 * this time. `hasSecondFactor`: this sign-in included a code from an authenticator app. `name` is empty if the user has not
 * chosen one. `sessionId` is null if the token does not contain the id of its session.
 */
export type User = {
  id: string;
  email: string;
  name: string;
  sessionId: string | null;
  signedInAt: number;
  hasSecondFactor: boolean;
};

/** How long a sign-in counts as recent (ms). */
export const RECENT_SIGN_IN_MS = 10 * 60_000;

/**
 * Returns the signed-in user, or null. Uses the Bearer token of `request`, or the session cookie. A sign-out on another device
 * takes effect within five seconds. Throws `db_unavailable` if the user cannot be checked now. A page, which passes no `request`,
 * waits at most three seconds for the check.
 */
export async function getUser(request?: Request): Promise<User | null> {
  const token = await readToken(request);
  const check = getTokenUser(token);
  return request || token === null ? check : withinPageLimit(token, check);
}

/**
 * Returns the user of an access token. Returns null without a token, for a token that Supabase does not accept any more, and for
 * a sign-in that still needs the code of an authenticator app.
 */
export async function getTokenUser(token: string | null): Promise<User | null> {
  const found = await checkToken(token);
  return found?.isComplete ? found.user : null;
}

async function checkToken(token: string | null) {
  const claims = token && readClaims(token);
  if (!claims) return null;
  const verified = await processState.users(token, () => verify(token, claims));
  if (!verified) return null;
  const { id, email, name, hasFactor } = verified;
  const signedInAt = signInTime(claims);
  const hasSecondFactor = claims.aal === "aal2";
  const sessionId = claims.session_id ?? null;
  const user = { id, email, name, sessionId, signedInAt, hasSecondFactor };
  return { user, isComplete: hasSecondFactor || !hasFactor };
}

/**
 * Returns the user of a page, if the sign-in is complete except for the code of the user's authenticator app. Otherwise
 * returns null. Throws `db_unavailable` if the user cannot be checked within three seconds.
 */
export async function getUnfinishedUser(): Promise<User | null> {
  const token = await readToken();
  const found = token === null ? null : await withinPageLimit(token, checkToken(token));
  return found && !found.isComplete ? found.user : null;
}

/**
 * Checks the token at Supabase, because only Supabase knows whether the session has ended. Returns null if the token is
 * refused.
 */
async function verify(token: string, { sub, exp }: Claims): Promise<VerifiedUser | null> {
  const { data, error } = await createTokenClient(token, SIGN_IN_TIMEOUT).auth.getUser(token);
  if (error && !isRefusal(error)) throw signInUnavailable(error);
  return data.user?.id === sub ? { ...AuthUser.parse(data.user), expiresAt: exp * 1000 } : null;
}

/**
 * Whether the error means that Supabase has refused the token. A firewall may respond with the same statuses, but without an
 * error code. So an error without a code is not a refusal.
 */
export function isRefusal(error: AuthError): boolean {
  return isAuthSessionMissingError(error) || (!!error.code && [401, 403, 404].includes(error.status ?? 0));
}

/**
 * Returns the signed-in user of an API request. Throws `unauthenticated` if nobody is signed in. Throws `forbidden_origin` if a
 * request without a Bearer token changes data and does not come from our own pages. With the header `X-User`, a page can name the
 * user for whom it was loaded. If another user has signed in since then, the request fails with `unauthenticated`.
 */
export async function requireUser(request: Request): Promise<User> {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead && bearerToken(request) === null && senderOf(request.headers) !== "own") {
    throw new AppError("forbidden_origin", "This request did not come from this app's own pages.");
  }
  const user = await getUser(request);
  if (!user) throw new AppError("unauthenticated", "Sign in first.");
  if ((request.headers.get("x-user") ?? user.id) !== user.id) {
    throw new AppError("unauthenticated", "This browser is now signed in to another account. Sign in again.");
  }
  return user;
}

/** Like `requireUser`. Also throws `sign_in_again` if the user's last sign-in is more than ten minutes old. */
export async function requireRecentUser(request: Request): Promise<User> {
  const user = await requireUser(request);
  if (isRecent(user)) return user;
  throw new AppError("sign_in_again", "Your last sign-in was more than ten minutes ago. Sign in again to continue.");
}

/** Whether the last sign-in of the user is at most ten minutes old. */
export function isRecent({ signedInAt }: User): boolean {
  return Date.now() - signedInAt < RECENT_SIGN_IN_MS;
}

/**
 * Like `requireUser`. Also counts one read of `what` by the user, and throws `rate_limited` if there are too many: see
 * `countRead`.
 */
export async function requireReader(request: Request, what: string): Promise<User> {
  const user = await requireUser(request);
  countRead(user.id, what);
  return user;
}

/**
 * Returns the user and the result of `read`. `read` may start before Supabase has verified the user's token. So `read` must
 * change nothing, and must query the database only with this token. If both `user` and `read` fail, throws the error of
 * `user`.
 */
export async function readAs<Found>(user: Promise<User>, read: () => Promise<Found>): Promise<[User, Found]> {
  await isPending(user);
  const found = read();
  found.catch(() => {});
  return [await user, await found];
}

/** Whether the user is still being verified. Throws if the user was refused. */
export function isPending(user: Promise<User>): Promise<boolean> {
  return Promise.race([user.then(() => false), setImmediate(true)]);
}

/**
 * Returns the signed-in user of a page, or null. Throws `db_unavailable` if the check takes longer than three seconds. The result
 * is cached, so that a page and its layout verify the user only once.
 */
export const getPageUser = cache(() => getUser());

/**
 * Returns the signed-in user of a page. If nobody is signed in, redirects to the login page. If only the code of an authenticator
 * app is missing, redirects to the page that asks for it.
 */
export async function requirePageUser(path: string): Promise<User> {
  const user = await getPageUser().catch(waitFor(path));
  if (user) return user;
  const next = encodeURIComponent(path);
  return redirect(
    (await getUnfinishedUser().catch(waitFor(path))) ? `/login/second-factor?next=${next}` : `/login?next=${next}`,
  );
}

/**
 * Returns the signed-in user of a page or a server action. If the last sign-in is more than ten minutes old, redirects to a page
 * where the user signs in again, and then to `path`.
 */
export async function requireRecentPageUser(path: string): Promise<User> {
  const user = await requirePageUser(path);
  return isRecent(user) ? user : askToSignInAgain(path);
}

/** Redirects to a page where the user signs in again, and then to `path`. */
export function askToSignInAgain(path: string): never {
  redirect(safeRedirect(`/login/again?next=${encodeURIComponent(path)}`, "/login"));
}

/**
 * Returns a function that handles an error of `getPageUser`: it redirects to a page that explains the error. That page opens
 * `path` again a few seconds later.
 */
export function waitFor(path: string) {
  return (error: unknown): never => {
    if (!(error instanceof AppError)) throw error;
    redirect(`/login/cannot-check?next=${encodeURIComponent(path)}`);
  };
}

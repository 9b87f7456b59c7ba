import "server-only";
import { isAuthRetryableFetchError } from "@supabase/supabase-js";
import { redirect } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { bearerToken, createUserClient } from "@/lib/supabase/user-client";

/** Who is asking. */
export type User = { id: string; email: string };

/** How long a verified token is believed without being verified again (ms): as long may one still pass that was signed out elsewhere. */
const TOKEN_CACHE_MS = 30_000;
const MOST_BELIEVED = 10_000;
const believed = new Map<string, { user: User; until: number }>();

/** The signed-in person, by session cookie or, given a request that has one, by its Bearer token; null for nobody. */
export async function getUser(request?: Request): Promise<User | null> {
  const supabase = await createUserClient(request);
  const given = request && bearerToken(request);
  const session = given ? null : await supabase.auth.getSession();
  requireAnswer(session?.error);
  const token = given ?? session?.data.session?.access_token;
  if (!token) return null;
  const known = believed.get(token);
  if (known && known.until > Date.now()) return known.user;

  const { data, error } = await supabase.auth.getClaims(token);
  requireAnswer(error);
  if (!data || data.claims.role !== "authenticated") return null;
  const user = { id: data.claims.sub, email: data.claims.email ?? "" };
  if (believed.size >= MOST_BELIEVED) believed.clear();
  believed.set(token, { user, until: Math.min(Date.now() + TOKEN_CACHE_MS, data.claims.exp * 1000) });
  return user;
}

/** That Supabase cannot be asked is no sign-out. */
function requireAnswer(error: unknown) {
  if (!isAuthRetryableFetchError(error)) return;
  throw new AppError("db_unavailable", "Sign-in cannot be checked just now. Try again in a moment.", { cause: error });
}

/**
 * The signed-in person of an API request. Throws `unauthenticated`, and `forbidden_origin` for a request that changes
 * something with a cookie and does not come from our own pages. A request that says in `X-User` whose it is, as one does
 * that a page may send long after it was drawn, is no other's.
 */
export async function requireUser(request: Request): Promise<User> {
  if (bearerToken(request) === null && request.method !== "GET" && request.method !== "HEAD") requireOwnOrigin(request);
  const user = await getUser(request);
  if (!user) throw new AppError("unauthenticated", "Sign in first.");
  if ((request.headers.get("x-user") ?? user.id) !== user.id) {
    throw new AppError("unauthenticated", "Somebody else has signed in here since. Sign in again.");
  }
  return user;
}

/** A page and its layout ask together, once. */
const getPageUser = cache(() => getUser());

/** The signed-in person of a page; anybody else is sent to sign in and comes back to `path`. */
export async function requirePageUser(path: string): Promise<User> {
  return (await getPageUser()) ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

/** Browsers send at least one of these headers with every POST and DELETE, and no page can forge them. */
function requireOwnOrigin(request: Request) {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const host = request.headers.get("x-forwarded-host")?.split(",")[0]?.trim() ?? request.headers.get("host");
  const isOwn = origin ? URL.canParse(origin) && new URL(origin).host === host : site === "same-origin";
  if (!isOwn || (site !== null && site !== "same-origin")) {
    throw new AppError("forbidden_origin", "This request did not come from Darkroom's own pages.");
  }
}

import "server-only";
import { isAuthRetryableFetchError, type SupabaseClient } from "@supabase/supabase-js";
import { redirect } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { AppError } from "@/lib/errors";
import { senderOf } from "@/lib/security/origin";
import { bearerToken, createUserClient } from "@/lib/supabase/user-client";

export type User = { id: string; email: string };

/** The contents of a Supabase access token. `exp` is in Unix seconds. */
const Claims = z.object({
  sub: z.uuid(),
  email: z.string().default(""),
  role: z.literal("authenticated"),
  exp: z.number(),
});
type Claims = z.infer<typeof Claims>;

/**
 * How long a verified token is not verified again (ms), because verification can take 5 to 10 ms. Until then, a sign-out on
 * another device has no effect.
 */
const TOKEN_CACHE_MS = 30_000;
const verifyOnce = createCache<Claims | null>({
  ttl: (claims) => (claims ? Math.min(TOKEN_CACHE_MS, claims.exp * 1000 - Date.now()) : 0),
  max: 10_000,
});

/** Returns the signed-in user, by cookie or by the Bearer token of `request`, or null. Throws `db_unavailable`. */
export async function getUser(request?: Request): Promise<User | null> {
  const supabase = await createUserClient(request);
  const token = (request && bearerToken(request)) ?? (await sessionToken(supabase));
  const claims = token ? await verifyOnce(token, () => verify(supabase, token)) : null;
  return claims && { id: claims.sub, email: claims.email };
}

async function sessionToken(supabase: SupabaseClient): Promise<string | undefined> {
  const { data, error } = await supabase.auth.getSession();
  throwIfUnavailable(error);
  return data.session?.access_token;
}

async function verify(supabase: SupabaseClient, token: string): Promise<Claims | null> {
  // The client returns network errors, but throws if it cannot decode the token.
  const { data, error } = await supabase.auth.getClaims(token).catch(() => ({ data: null, error: null }));
  throwIfUnavailable(error);
  return Claims.safeParse(data?.claims).data ?? null;
}

/** An outage of Supabase must not look like a sign-out. */
function throwIfUnavailable(error: unknown) {
  const message = "Your sign-in can't be checked right now. Try again in a moment.";
  if (isAuthRetryableFetchError(error)) throw new AppError("db_unavailable", message, { cause: error });
}

/**
 * Returns the signed-in user of an API request. Throws `unauthenticated`, and `forbidden_origin` if a request with a cookie
 * changes data but does not come from our own pages. A page can send the user it was loaded for as `X-User`: the request then
 * fails if another user has signed in.
 */
export async function requireUser(request: Request): Promise<User> {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead && bearerToken(request) === null && senderOf(request.headers) !== "own") {
    throw new AppError("forbidden_origin", "This request did not come from Darkroom's own pages.");
  }
  const user = await getUser(request);
  if (!user) throw new AppError("unauthenticated", "Sign in first.");
  if ((request.headers.get("x-user") ?? user.id) !== user.id) {
    throw new AppError("unauthenticated", "This browser is now signed in to another account. Sign in again.");
  }
  return user;
}

/** Cached, so that a page and its layout verify the user only once. */
const getPageUser = cache(() => getUser());

/** Returns the signed-in user of a page. Redirects to the login page if there is none. */
export async function requirePageUser(path: string): Promise<User> {
  return (await getPageUser()) ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

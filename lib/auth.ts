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

/** What Supabase signs into an access token. `exp` is in Unix seconds. */
const Claims = z.object({
  sub: z.uuid(),
  email: z.string().default(""),
  role: z.literal("authenticated"),
  exp: z.number(),
});
type Claims = z.infer<typeof Claims>;

/**
 * How long a token is not verified again (ms). Where tokens are signed with a shared secret, each verification is a request of 5
 * to 10 ms. A user who signs out elsewhere is still accepted that long.
 */
const TOKEN_CACHE_MS = 30_000;
const verifyOnce = createCache<Claims | null>({
  ttl: (claims) => (claims ? Math.min(TOKEN_CACHE_MS, claims.exp * 1000 - Date.now()) : 0),
  max: 10_000,
});

/** The signed-in user, by cookie or by the Bearer token of `request`; null without one. Throws `db_unavailable`. */
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
  // Supabase's client returns errors of the network, and throws for a token that it cannot decode.
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
 * The signed-in user of an API request. Throws `unauthenticated`, and `forbidden_origin` for a request that changes
 * something with a cookie and does not come from our own pages. A page that may send a request long after it was drawn
 * names its user in `X-User`: the request is refused when another user has signed in since.
 */
export async function requireUser(request: Request): Promise<User> {
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead && bearerToken(request) === null && senderOf(request.headers) !== "own") {
    throw new AppError("forbidden_origin", "This request did not come from Darkroom's own pages.");
  }
  const user = await getUser(request);
  if (!user) throw new AppError("unauthenticated", "Sign in first.");
  if ((request.headers.get("x-user") ?? user.id) !== user.id) {
    throw new AppError("unauthenticated", "Another account has signed in here since. Sign in again.");
  }
  return user;
}

/** Asked once for a page and its layout. */
const getPageUser = cache(() => getUser());

/** The signed-in user of a page. Without one the browser is sent to sign in, and then back to `path`. */
export async function requirePageUser(path: string): Promise<User> {
  return (await getPageUser()) ?? redirect(`/login?next=${encodeURIComponent(path)}`);
}

import "server-only";
import { createServerClient } from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { cookies, headers } from "next/headers";
import { NextResponse, type NextRequest } from "next/server";
import { keyPrefix } from "@/lib/config";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isHttps } from "@/lib/security/origin";
import {
  fetchWithin,
  SIGN_IN_TIMEOUT,
  sessionCookie,
  tidyCookies,
  userAgentOf,
  withoutSession,
} from "./client-options";
import { readSession } from "./session";

/**
 * Returns a Supabase client with the rights of the user, under row level security. The client sends the access token in the
 * Bearer header of `request` or, without such a header, in the session cookie. This function does not verify the token.
 */
export async function createUserClient(request?: Request): Promise<SupabaseClient> {
  return createTokenClient(await readToken(request));
}

/**
 * Returns a Supabase client with the rights of an access token. If `token` is null, it has the rights of a visitor. `timeout`
 * limits each request (ms).
 */
export function createTokenClient(token: string | null, timeout?: number) {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  return createClient(url, key, {
    global: { fetch: fetchWithin(timeout), headers: token ? { Authorization: `Bearer ${token}` } : {} },
    auth: withoutSession,
  });
}

/**
 * Returns the access token of an API request or, without `request`, of a page. Returns null if there is no token. Does not verify
 * the token.
 */
export async function readToken(request?: Request): Promise<string | null> {
  const token = request ? bearerToken(request) : null;
  return token ?? readSession({ ...(await cookieMethods()), isPage: request === undefined });
}

type Changed = { name: string; value: string; options: object }[];

/**
 * Returns a Supabase client that signs users in and out. It writes the session cookie. `timeout` limits each request (ms).
 */
export async function createAuthClient(timeout = SIGN_IN_TIMEOUT) {
  const { setAll } = await cookieMethods();
  return createCookieClient(setAll, timeout);
}

/** Like `createAuthClient`, but writes its cookies only when `save` is called. Until then, this browser keeps its old session. */
export async function createHeldAuthClient(timeout = SIGN_IN_TIMEOUT) {
  const { setAll } = await cookieMethods();
  const held = new Map<string, Changed[number]>();
  const hold = (changed: Changed) => changed.forEach((cookie) => held.set(cookie.name, cookie));
  return { auth: await createCookieClient(hold, timeout), save: () => setAll([...held.values()]) };
}

async function createCookieClient(setAll: (changed: Changed) => void, timeout: number) {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  const { isHttps: secure, userAgent, getAll } = await cookieMethods();
  return createServerClient(url, key, {
    global: { fetch: fetchWithin(timeout), headers: userAgent },
    cookieOptions: sessionCookie(secure),
    cookies: { getAll, setAll },
  }).auth;
}

async function cookieMethods() {
  const [store, request] = [await cookies(), await headers()];
  return {
    isHttps: isHttps(request),
    userAgent: userAgentOf(request),
    getAll: () => store.getAll(),
    setAll: (changed: Changed) => {
      try {
        for (const { name, value, options } of tidyCookies(changed)) store.set(name, value, options);
      } catch {
        // Setting a cookie fails in a page. This does no harm, because proxy.ts has already renewed the session.
      }
    },
  };
}

/**
 * Returns the access token of `Authorization: Bearer`, or null. Throws `unauthenticated` for an API key, which works only under
 * /api/v1.
 */
export function bearerToken(request: Request): string | null {
  const given = request.headers.get("authorization") ?? "";
  if (new RegExp(`^(?:Bearer|Token) +${keyPrefix}`, "i").test(given)) {
    throw new AppError("unauthenticated", "API keys work only under /api/v1. Sign in, or send an access token.");
  }
  return /^Bearer +(\S+) *$/i.exec(given)?.[1] ?? null;
}

/**
 * Renews an expired session before the page runs, because pages cannot set cookies. Returns a response that passes `headers` on
 * to the page. Does not verify the session: the page must do that. If the session cannot be renewed now, the cookies stay
 * unchanged.
 */
export async function refreshSession(request: NextRequest, headers: Headers): Promise<NextResponse> {
  const changed: Parameters<NextResponse["cookies"]["set"]>[] = [];
  await readSession({
    isHttps: isHttps(request.headers),
    userAgent: userAgentOf(request.headers),
    isPage: true,
    getAll: () => request.cookies.getAll(),
    setAll: (cookies) => {
      for (const { name, value, options } of cookies) {
        request.cookies.set(name, value);
        changed.push([name, value, options]);
      }
    },
  }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });

  headers.set("cookie", request.cookies.toString());
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of changed) response.cookies.set(...cookie);
  return response;
}

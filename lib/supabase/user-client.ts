import "server-only";
import { createServerClient } from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { cookies, headers } from "next/headers";
import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isHttps } from "@/lib/security/origin";
import { fetchWithin, sessionCookie, withoutSession } from "./options";
import { readSession } from "./session";

/**
 * Returns a Supabase client with the rights of the user, under row level security. The token is in the Bearer header or in the
 * session cookie, and is not verified.
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
 * Returns the access token of an API request or, without `request`, of a page. Null if there is none. Does not verify the token.
 */
export async function readToken(request?: Request): Promise<string | null> {
  const token = request ? bearerToken(request) : null;
  return token ?? readSession({ ...(await cookieMethods()), isPage: request === undefined });
}

/** Returns a Supabase client that signs users in and out. It writes the session cookie. */
export async function createAuthClient() {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  const { isHttps: secure, ...methods } = await cookieMethods();
  const options = { global: { fetch: fetchWithin() }, cookieOptions: sessionCookie(secure), cookies: methods };
  return createServerClient(url, key, options).auth;
}

async function cookieMethods() {
  const store = await cookies();
  return {
    isHttps: isHttps(await headers()),
    getAll: () => store.getAll(),
    setAll: (changed: { name: string; value: string; options: object }[]) => {
      try {
        for (const { name, value, options } of changed) store.set(name, value, options);
      } catch {
        // In a page, this fails, because pages cannot set cookies. For them, proxy.ts has already renewed the session.
      }
    },
  };
}

/** The access token of `Authorization: Bearer`, or null. */
export function bearerToken(request: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

/**
 * Renews an expired session before the page runs, because pages cannot set cookies. Returns a response that passes `headers` on
 * to the page. Does not verify the session: the page must do that. If the session cannot be renewed now, nothing changes.
 */
export async function refreshSession(request: NextRequest, headers: Headers): Promise<NextResponse> {
  const changed: Parameters<NextResponse["cookies"]["set"]>[] = [];
  await readSession({
    isHttps: isHttps(request.headers),
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

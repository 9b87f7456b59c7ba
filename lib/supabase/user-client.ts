import "server-only";
import { createServerClient } from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { cookies, headers } from "next/headers";
import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";
import { isHttps } from "@/lib/security/origin";
import { fetchWithTimeout, sessionCookie, withoutSession } from "./options";

/** Returns a Supabase client for the user, by cookie or Bearer token, under row level security. Does not verify the token. */
export async function createUserClient(request?: Request): Promise<SupabaseClient> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  const token = request ? bearerToken(request) : null;
  if (token !== null) {
    return createClient(url, key, {
      global: { fetch: fetchWithTimeout, headers: { Authorization: `Bearer ${token}` } },
      auth: withoutSession,
    });
  }

  const store = await cookies();
  return createServerClient(url, key, {
    global: { fetch: fetchWithTimeout },
    cookieOptions: sessionCookie(isHttps(await headers())),
    cookies: {
      getAll: () => store.getAll(),
      setAll: (changed) => {
        try {
          for (const { name, value, options } of changed) store.set(name, value, options);
        } catch {
          // Pages cannot set cookies. proxy.ts has already renewed the session.
        }
      },
    },
  });
}

/** The access token of `Authorization: Bearer`, or null. */
export function bearerToken(request: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

/**
 * Renews an expired session, because pages cannot set cookies. Returns a response that passes `headers` on to the page. Does
 * not verify the session: pages must.
 */
export async function refreshSession(request: NextRequest, headers: Headers): Promise<NextResponse> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: key } = env();
  const changed: Parameters<NextResponse["cookies"]["set"]>[] = [];
  const supabase = createServerClient(url, key, {
    cookieOptions: sessionCookie(isHttps(request.headers)),
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (cookies) => {
        for (const { name, value, options } of cookies) {
          request.cookies.set(name, value);
          changed.push([name, value, options]);
        }
      },
    },
  });
  // Sends a request only if the token has expired.
  await supabase.auth.getSession();

  headers.set("cookie", request.cookies.toString());
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of changed) response.cookies.set(...cookie);
  return response;
}

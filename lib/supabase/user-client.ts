import "server-only";
import { createServerClient } from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { cookies, headers } from "next/headers";
import { env } from "@/lib/env";
import { isHttps } from "@/lib/security/origin";
import { sessionCookie } from "./cookies";
import { fetchWithTimeout } from "./fetch";

/**
 * Supabase as the person who asks, under row level security: the session cookie's, or, given a request with
 * `Authorization: Bearer <access token>`, that token's. The token is not verified here.
 */
export async function createUserClient(request?: Request): Promise<SupabaseClient> {
  const token = request ? bearerToken(request) : null;
  if (token !== null) {
    return createClient(env().NEXT_PUBLIC_SUPABASE_URL, env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
      global: { fetch: fetchWithTimeout, headers: { Authorization: `Bearer ${token}` } },
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    });
  }

  const store = await cookies();
  return createServerClient(env().NEXT_PUBLIC_SUPABASE_URL, env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
    global: { fetch: fetchWithTimeout },
    cookieOptions: sessionCookie(isHttps(await headers())),
    cookies: {
      getAll: () => store.getAll(),
      setAll: (changed) => {
        try {
          for (const { name, value, options } of changed) store.set(name, value, options);
        } catch {
          // A page that is rendering cannot set cookies; proxy.ts has refreshed its session already.
        }
      },
    },
  });
}

/** The access token of `Authorization: Bearer`, or null when the request carries none. */
export function bearerToken(request: Request): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

import "server-only";
import { createServerClient } from "@supabase/ssr";
import { NextResponse, type NextRequest } from "next/server";
import { env } from "@/lib/env";
import { isHttps } from "@/lib/security/origin";
import { sessionCookie } from "./cookies";

/**
 * Lets the page run with `headers` as its request headers, and with a fresh session when the old one has run out:
 * pages cannot set cookies themselves. It decides nothing; whoever reads the session must still verify it.
 */
export async function refreshSession(request: NextRequest, headers: Headers): Promise<NextResponse> {
  const changed: Parameters<NextResponse["cookies"]["set"]>[] = [];
  const supabase = createServerClient(env().NEXT_PUBLIC_SUPABASE_URL, env().NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY, {
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
  // Asks Supabase only when the token has expired. The answer is not used: nothing here has verified it.
  await supabase.auth.getSession();

  headers.set("cookie", request.cookies.toString());
  const response = NextResponse.next({ request: { headers } });
  for (const cookie of changed) response.cookies.set(...cookie);
  return response;
}

import { redirect } from "next/navigation";
import { NextResponse } from "next/server";
import { countAttempt } from "@/app/login/count-attempt";
import { env } from "@/lib/env";
import { isOwnNavigation } from "@/lib/security/origin";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { rememberNext, withNext, withProblem } from "@/lib/sign-in/next-page";
import { logAuthError } from "@/lib/supabase/auth-errors";
import { startOAuth } from "@/lib/supabase/start-oauth";
import { appOrigin } from "@/lib/request-params";

/**
 * Starts a sign-in at another service, such as Google. Only links on our own pages may open this route. Otherwise another site
 * could sign a visitor in without the visitor's consent.
 */
export async function GET(request: Request, { params }: RouteContext<"/auth/provider/[name]">) {
  const next = safeRedirect(new URL(request.url).searchParams.get("next"), "/dashboard");
  const { AUTH_PROVIDERS } = env();
  const name = decodeURIComponent((await params).name);
  const provider = AUTH_PROVIDERS.find((offered) => offered.name === name);
  if (!provider || !isOwnNavigation(request.headers)) redirect(withNext("/login", next));
  // After a failure, the browser opens /login. If the user is already signed in, /login redirects to `next`. The page in `next`
  // then asks for a recent sign-in again.
  const fail = (code?: string) => redirect(withProblem(withNext("/login", next), code));
  if (await countAttempt()) return fail("over_request_rate_limit");
  await rememberNext(next);
  const started = await startOAuth(provider, `${appOrigin(request.headers)}/auth/callback`);
  if ("url" in started) return NextResponse.redirect(started.url);
  logAuthError(started.error, provider.name);
  return fail(started.error.code);
}

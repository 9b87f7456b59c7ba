import { redirect } from "next/navigation";
import { NextResponse } from "next/server";
import { startLink } from "@/lib/account/connect-accounts";
import { requireRecentPageUser } from "@/lib/auth";
import { env } from "@/lib/env";
import { isOwnNavigation } from "@/lib/security/origin";
import { isDemo } from "@/lib/sign-in/demo-account";
import { rememberNext, withProblem } from "@/lib/sign-in/next-page";
import { logAuthError } from "@/lib/supabase/auth-errors";
import { sectionPath } from "../../form-answers";
import { appOrigin } from "@/lib/request-params";

const page = sectionPath("connected");

/**
 * Starts to connect an account of another service. Only links on our own pages may open this route. Otherwise another site could
 * connect an account without the user's consent.
 */
export async function GET(request: Request, { params }: RouteContext<"/dashboard/account/connect/[provider]">) {
  const user = await requireRecentPageUser(page);
  const { AUTH_PROVIDERS } = env();
  const name = decodeURIComponent((await params).provider);
  const provider = AUTH_PROVIDERS.find((offered) => offered.name === name);
  if (!provider || isDemo(user) || !isOwnNavigation(request.headers)) redirect(page);
  await rememberNext(page);
  const started = await startLink(provider, `${appOrigin(request.headers)}/auth/callback`);
  if ("url" in started) return NextResponse.redirect(started.url);
  logAuthError(started.error, provider.name);
  return redirect(withProblem(page, started.error.code));
}

import "server-only";
import type { Route } from "next";
import { cookies, headers } from "next/headers";
import { isHttps } from "@/lib/security/origin";
import { safeRedirect } from "@/lib/security/safe-redirect";
import type { Opened } from "@/lib/supabase/open-session";

const HOUR = 60 * 60;

/**
 * Remembers the page to open after a sign-in by e-mail or at another service. This is needed because the URL with which the user
 * returns contains only a token or a code.
 */
export async function rememberNext(next: Route): Promise<void> {
  const secure = isHttps(await headers());
  (await cookies()).set("next", next, { path: "/auth", maxAge: HOUR, sameSite: "lax", httpOnly: true, secure });
}

/** Returns the page that `rememberNext` has remembered. */
export async function rememberedNext(): Promise<Route> {
  return safeRedirect((await cookies()).get("next")?.value, "/dashboard");
}

/**
 * Returns the page to open after a sign-in. If the sign-in has a second step, this is the page of that step, which then opens
 * `next`. Otherwise it is `next`.
 */
export function pageAfter({ needsSecondFactor }: Extract<Opened, { user: unknown }>, next: Route): Route {
  return needsSecondFactor ? withNext("/login/second-factor", next) : next;
}

/** Returns the path of a page of the sign-in. When the user is done there, the page opens `next`. */
export function withNext(
  page: "/login/second-factor" | "/login/new-password" | "/login/again" | "/login",
  next: Route,
): Route {
  return safeRedirect(`${page}?next=${encodeURIComponent(next)}`, "/login");
}

/** Returns `page` with an error code of Supabase Auth in its query. The page explains the error with `explainAuthError`. */
export function withProblem(page: Route, code = "unexpected_failure"): Route {
  const url = new URL(page, "http://here.invalid");
  url.searchParams.set("problem", code);
  return safeRedirect(url.pathname + url.search + url.hash, "/login");
}

"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { formOf } from "@/lib/request-params";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { createAuthClient } from "@/lib/supabase/user-client";
import { ConfirmLink } from "./confirm-link";

/** Signs in with the token or code of a link, which works only once. The new session replaces the session of this browser. */
export async function confirmSignIn(form: FormData) {
  const link = ConfirmLink.safeParse(Object.fromEntries(formOf(form)));
  const next = safeRedirect((await cookies()).get("next")?.value, "/dashboard");
  const problem = link.success ? await signIn(link.data) : "link";
  redirect(problem ? `/login?with=link&problem=${problem}&next=${encodeURIComponent(next)}` : next);
}

/** Returns null after a sign-in. Otherwise returns the name of the problem, which the login page explains. */
async function signIn(link: ConfirmLink) {
  const auth = await createAuthClient();
  const { error } = "code" in link ? await auth.exchangeCodeForSession(link.code) : await auth.verifyOtp(link);
  if (!error) return null;
  const { status = 0 } = error;
  return status === 0 || status === 429 || status >= 500 ? "unavailable" : "link";
}

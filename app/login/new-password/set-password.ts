"use server";

import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { requireRecentPageUser } from "@/lib/auth";
import { log } from "@/lib/log";
import { withNext } from "@/lib/sign-in/next-page";
import { explainAuthError, logAuthError } from "@/lib/supabase/auth-errors";
import { createAuthClient } from "@/lib/supabase/user-client";
import { passwordProblem, readFields } from "../form-fields";

/** Sets the user's password, and ends the user's other sessions. */
export async function setPassword(_: LoginState, form: FormData): Promise<LoginState> {
  const { password, next } = readFields(form);
  const { email } = await requireRecentPageUser(withNext("/login/new-password", next));
  const problem = passwordProblem(password, 8);
  if (problem) return { email, problem };
  const auth = await createAuthClient();
  const { error } = await auth.updateUser({ password });
  if (error) {
    logAuthError(error, "new password");
    const field = error.code === "weak_password" || error.code === "same_password" ? "password" : "form";
    return { email, problem: { field, text: explainAuthError(error) } };
  }
  const { error: notEnded } = await auth.signOut({ scope: "others" });
  if (notEnded) log.error("other_sessions_not_ended", { error: notEnded });
  redirect(next);
}

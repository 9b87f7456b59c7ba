"use server";

import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { getUnfinishedUser, waitFor } from "@/lib/auth";
import { isFirstUse } from "@/lib/limits/sign-in-limits";
import { withNext } from "@/lib/sign-in/next-page";
import { authOutage, explainAuthError, logAuthError } from "@/lib/supabase/auth-errors";
import { verifyFactor } from "@/lib/supabase/verify-factor";
import { countAttempt } from "../count-attempt";
import { readFields } from "../form-fields";

/**
 * Supabase accepts a code of an authenticator app for this time (s). During this time, we refuse a code that was already used.
 */
const SHOWN_SECONDS = 90;

/** Finishes a sign-in with the code of an authenticator app. */
export async function checkFactor(_: LoginState, form: FormData): Promise<LoginState> {
  const { code, next } = readFields(form);
  const user = await getUnfinishedUser().catch(waitFor(withNext("/login/second-factor", next)));
  if (!user) redirect(withNext("/login", next));
  const refuse = (text: string): LoginState => ({ email: user.email, problem: { field: "code", text } });
  if (!/^\d{6}$/.test(code)) return refuse("Enter the six digits that your authenticator app shows");
  const refusal = await countAttempt({ kind: "factor", account: user.id });
  if (refusal) return refuse(refusal);
  const isFirst = await isFirstUse(`${user.id} ${code}`, SHOWN_SECONDS).catch(() => null);
  if (isFirst === false)
    return refuse("You have already entered this code. Enter the next one that your authenticator app shows");
  const error = isFirst ? await verifyFactor(code) : authOutage;
  if (!error) redirect(next);
  logAuthError(error, "second factor");
  return refuse(explainAuthError(error));
}

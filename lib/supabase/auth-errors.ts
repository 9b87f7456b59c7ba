import "server-only";
import type { AuthError } from "@supabase/supabase-js";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { authErrorTexts, tooMany, unavailable } from "./auth-error-texts";

export type AuthFailure = Pick<AuthError, "code" | "status">;

/** The failure of a request that did not reach Supabase, or that was not sent because something else has failed. */
export const authOutage: AuthFailure = { code: undefined, status: 0 };

/**
 * Returns a text for the user: what happened and what to do. The text reveals no details, and never whether an account exists.
 */
export function explainAuthError({ code, status = 0 }: AuthFailure): string {
  const { message, remedy } = authErrorTexts.get(code) ?? textOfStatus(status);
  const operator = code === "user_banned" ? env().OPERATOR_EMAIL : null;
  return `${message} ${operator ? `Write to ${operator}.` : remedy}`;
}

function textOfStatus(status: number) {
  if (status === 429) return tooMany;
  if (status === 0 || status >= 500) return unavailable;
  return { message: "This did not work.", remedy: "Start again on the sign-in page, or use another way to sign in." };
}

/** Whether Supabase could not be reached, or has failed. If so, the same request may succeed a moment later. */
export function isAuthOutage({ status = 0 }: AuthFailure): boolean {
  return status === 0 || status >= 500;
}

/**
 * Logs an error if only the operator can fix it, if Supabase itself has failed, or if `authErrorTexts` does not contain its code.
 */
export function logAuthError({ code, status }: AuthFailure, doing: string): void {
  const text = authErrorTexts.get(code);
  if (!text || text.operator || text === unavailable) log.error("sign_in_failed", { code, status, doing });
}

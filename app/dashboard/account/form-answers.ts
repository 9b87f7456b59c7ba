import type { Route } from "next";
import type { AccountState } from "@/components/account/account-form";
import { requireRecentPageUser, type User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { formOf } from "@/lib/request-params";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { demoRefusal, isDemo } from "@/lib/sign-in/demo-account";
import { type AuthFailure, explainAuthError, logAuthError } from "@/lib/supabase/auth-errors";

type SectionId =
  | "name"
  | "email"
  | "password"
  | "connected"
  | "authenticator"
  | "sessions"
  | "keys"
  | "data"
  | "delete";

export function sectionPath(section: SectionId): Route {
  return safeRedirect(`/dashboard/account#${section}`, "/dashboard");
}

/** Returns the text in a field of a form. If the field is missing or does not contain text, returns an empty text. */
export function textOf(form: unknown, name: string): string {
  const value = formOf(form).get(name);
  return typeof value === "string" ? value : "";
}

/** Logs an error of Supabase Auth, and returns a message for the user. `doing` is the name of the failed action in the log. */
export function refused(error: AuthFailure, doing: string): AccountState {
  logAuthError(error, doing);
  return problem(null, explainAuthError(error));
}

/** Returns an answer that reports a problem. `field` is the name of the field with the problem; null means the whole form. */
export function problem(field: string | null, text: string): AccountState {
  return { problem: { field, text } };
}

/** Returns the answer of `work`. If `work` throws an error with a message for the user, returns this message as a problem. */
export async function orProblem(work: () => Promise<AccountState>): Promise<AccountState> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return problem(null, error.message);
    throw error;
  }
}

/**
 * Runs `work` for a user with a recent sign-in, and returns the answer of `work`, or a problem. A user without a recent sign-in
 * must first sign in again. The demo account is refused, because many people use it.
 */
export async function asOwner(section: SectionId, work: (user: User) => Promise<AccountState>): Promise<AccountState> {
  const user = await requireRecentPageUser(sectionPath(section));
  return isDemo(user) ? problem(null, demoRefusal) : orProblem(() => work(user));
}

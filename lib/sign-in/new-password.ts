import "server-only";
import type { User } from "@/lib/auth";
import { log } from "@/lib/log";
import { explainAuthError, logAuthError } from "@/lib/supabase/auth-errors";
import { createAuthClient } from "@/lib/supabase/user-client";
import { demoRefusal, isDemo } from "./demo-account";

const MIN_PASSWORD = 8;
/** Supabase uses only the first 72 bytes of a password. */
const MAX_PASSWORD_BYTES = 72;

/**
 * Returns what is wrong with a new password, or null if nothing is wrong. Supabase may have more rules, and checks them itself.
 */
export function newPasswordProblem(password: string): string | null {
  if (!password) return "Choose a password";
  if (Array.from(password).length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters`;
  return Buffer.byteLength(password) > MAX_PASSWORD_BYTES ? "This password is too long" : null;
}

/**
 * Sets the password of the signed-in user, and ends the user's other sessions. Returns null, or a problem. `field` is `password`
 * for a problem of the password, and `form` for any other problem. Refuses the demo account. The caller must check that the
 * user's sign-in is recent.
 */
export async function saveNewPassword(
  user: User,
  password: string,
): Promise<{ field: "password" | "form"; text: string } | null> {
  if (isDemo(user)) return { field: "form", text: demoRefusal };
  const problem = newPasswordProblem(password);
  if (problem) return { field: "password", text: problem };
  const auth = await createAuthClient();
  const { error } = await auth.updateUser({ password });
  if (error) {
    logAuthError(error, "new password");
    const isAboutPassword = error.code === "weak_password" || error.code === "same_password";
    return { field: isAboutPassword ? "password" : "form", text: explainAuthError(error) };
  }
  const { error: notEnded } = await auth.signOut({ scope: "others" });
  if (notEnded) log.error("other_sessions_not_ended", { error: notEnded });
  return null;
}

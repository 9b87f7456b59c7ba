import "server-only";
import { randomBytes } from "node:crypto";
import type { AuthFailure } from "@/lib/supabase/auth-errors";
import type { NewSession } from "@/lib/supabase/open-session";
import type { MailRequest } from "./mail-requests";

/** Two times that Supabase sets in one request differ by less than this (ms). */
const SAME_REQUEST_MS = 1_000;
/** How far Supabase's clock may be from ours (ms). If it is farther, the user only has to choose a password again. */
const CLOCK_SKEW_MS = 5_000;

/**
 * Whether the user has just confirmed an account whose password may be somebody else's. Anybody can sign up with any address and a
 * password of their own, and Supabase keeps that password when the owner of the address confirms it later. The password is the
 * user's only if this browser has created the account.
 */
export function hasForeignPassword(
  { session: { user } }: Pick<NewSession, "session">,
  request: MailRequest | null,
): boolean {
  const { email_confirmed_at: confirmed, last_sign_in_at: signedIn, created_at: created } = user;
  const isNew = Math.abs(Date.parse(signedIn ?? "") - Date.parse(confirmed ?? "")) < SAME_REQUEST_MS;
  const isOwn = request?.signedUpAt != null && Date.parse(created) > request.signedUpAt - CLOCK_SKEW_MS;
  return isNew && !isOwn;
}

/** Replaces the password of a new session's account with a random one, which nobody knows. */
export async function replacePassword({ auth }: Pick<NewSession, "auth">): Promise<AuthFailure | null> {
  // The end satisfies rules for letters, digits and symbols. Supabase allows at most 72 bytes.
  const password = `${randomBytes(32).toString("base64url")}aA1!`;
  return (await auth.updateUser({ password })).error;
}

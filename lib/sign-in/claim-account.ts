import "server-only";
import { randomBytes } from "node:crypto";
import type { AuthFailure } from "@/lib/supabase/auth-errors";
import type { NewSession } from "@/lib/supabase/open-session";
import { readClaims } from "@/lib/supabase/token-claims";
import type { MailRequest } from "./mail-requests";

/** Two times that Supabase sets in one request differ by less than this (ms). */
const SAME_REQUEST_MS = 1_000;
/** How long after a link of Supabase's own templates was requested its code works (ms). */
const CODE_LINK_MS = 5 * 60_000;
/** Supabase creates an account within this time after it was asked (ms), also if its e-mail takes longer. */
const SIGN_UP_MS = 5_000;
/** How far Supabase's clock may be from ours (ms). If it is farther, the user only has to choose a password again. */
const CLOCK_SKEW_MS = 5_000;

/**
 * Whether the user has just confirmed an account whose password may be somebody else's. Anybody can sign up with any address and a
 * password of their own, and Supabase keeps that password when the owner of the address confirms it later. The password is the
 * user's only if this browser has created the account.
 */
export function hasForeignPassword({ session }: Pick<NewSession, "session">, request: MailRequest | null): boolean {
  const delay = Date.parse(session.user.created_at) - (request?.signedUpAt ?? -Infinity);
  const isOwn = delay > -CLOCK_SKEW_MS && delay < SIGN_UP_MS + CLOCK_SKEW_MS;
  return isJustConfirmed(session) && !isOwn;
}

/**
 * Whether the e-mail that opened this session has also confirmed the address. A token or code confirms it in the same request. A link
 * of Supabase's own templates confirms it when it is opened, and opens the session later. Then the token says what the e-mail was
 * for, except that an e-mail for a new password also confirms an address.
 */
function isJustConfirmed({ user, access_token }: NewSession["session"]): boolean {
  const methods = mailMethods(access_token);
  if (methods.has("email/signup") || methods.has("invite")) return true;
  const since = Date.parse(user.last_sign_in_at ?? "") - Date.parse(user.email_confirmed_at ?? "");
  return Math.abs(since) < (methods.has("recovery") ? CODE_LINK_MS : SAME_REQUEST_MS);
}

/**
 * Whether a session was opened with a link of Supabase's own templates that leads to a new password. Only for such links, the session
 * says so.
 */
export function isForNewPassword({ access_token }: Pick<NewSession["session"], "access_token">): boolean {
  const methods = mailMethods(access_token);
  return methods.has("recovery") || methods.has("invite");
}

/**
 * What the link of one of Supabase's own templates was for. Other sign-ins by e-mail have only the method `otp`.
 * Source: https://github.com/supabase/auth/blob/master/internal/models/factor.go
 */
function mailMethods(accessToken: string): Set<string> {
  return new Set(readClaims(accessToken)?.amr.map(({ method }) => method));
}

/** Replaces the password of a new session's account with a random one, which nobody knows. */
export async function replacePassword({ auth }: Pick<NewSession, "auth">): Promise<AuthFailure | null> {
  // The end satisfies rules for letters, digits and symbols. Supabase allows at most 72 bytes.
  const password = `${randomBytes(32).toString("base64url")}aA1!`;
  return (await auth.updateUser({ password })).error;
}

import "server-only";
import { randomBytes } from "node:crypto";
import type { AuthFailure } from "@/lib/supabase/auth-errors";
import type { NewSession } from "@/lib/supabase/open-session";
import { readClaims } from "@/lib/supabase/token-claims";
import type { MailRequest } from "./mail-request-cookie";

/** If two timestamps of an account differ by less than this (ms), Supabase has set both in the same request. */
const SAME_REQUEST_MS = 1_000;
/** For a link of one of Supabase's own templates: how long its code is valid after the e-mail was requested (ms). */
const CODE_LINK_MS = 5 * 60_000;
/** Supabase creates an account within this time after the request (ms), even if the e-mail takes longer. */
const SIGN_UP_MS = 5_000;
/**
 * How far Supabase's clock and our clock may be apart (ms). If the difference is larger, some users must choose a password again,
 * and nothing else happens.
 */
const CLOCK_SKEW_MS = 5_000;

/**
 * Whether the user has just confirmed an account whose password may have been chosen by someone else. Anyone can sign up with
 * the address of someone else and choose a password. Supabase keeps this password when the owner of the address confirms the
 * account later. So the password is certainly the user's own only if the account was created in this browser.
 */
export function hasForeignPassword({ session }: Pick<NewSession, "session">, request: MailRequest | null): boolean {
  const delay = Date.parse(session.user.created_at) - (request?.signedUpAt ?? -Infinity);
  const isOwn = delay > -CLOCK_SKEW_MS && delay < SIGN_UP_MS + CLOCK_SKEW_MS;
  return isJustConfirmed(session) && !isOwn;
}

/**
 * Whether the e-mail that opened this session has also confirmed the address of the account. For an e-mail with a token or code,
 * Supabase confirms the address and opens the session in one request, so the two times are equal. For a link of one of Supabase's
 * own templates, Supabase confirms the address first and opens the session later. The access token then contains the purpose of
 * the e-mail. A sign-up or an invitation always confirms the address. If the purpose is a new password, the address may have been
 * confirmed long before, so the two times are compared.
 */
function isJustConfirmed({ user, access_token }: NewSession["session"]): boolean {
  const methods = mailMethods(access_token);
  if (methods.has("email/signup") || methods.has("invite")) return true;
  const since = Date.parse(user.last_sign_in_at ?? "") - Date.parse(user.email_confirmed_at ?? "");
  return Math.abs(since) < (methods.has("recovery") ? CODE_LINK_MS : SAME_REQUEST_MS);
}

/**
 * Whether a session was opened with a link of Supabase's own templates that leads to a new password. The access token contains
 * the purpose of a link only for these templates.
 */
export function isForNewPassword({ access_token }: Pick<NewSession["session"], "access_token">): boolean {
  const methods = mailMethods(access_token);
  return methods.has("recovery") || methods.has("invite");
}

/**
 * Returns the sign-in methods in the access token of a sign-in by e-mail. For a link of one of Supabase's own templates, the
 * methods contain the purpose of the link, such as `recovery`. For any other e-mail, the only method is `otp`.
 * Source: https://github.com/supabase/auth/blob/master/internal/models/factor.go
 */
function mailMethods(accessToken: string): Set<string> {
  return new Set(readClaims(accessToken)?.amr.map(({ method }) => method));
}

/** Replaces the password of a new session's account with a random one, which nobody knows. */
export async function replacePassword({ auth }: Pick<NewSession, "auth">): Promise<AuthFailure | null> {
  // The characters `aA1!` at the end satisfy rules for letters, digits and symbols. Supabase allows at most 72 bytes.
  const password = `${randomBytes(32).toString("base64url")}aA1!`;
  return (await auth.updateUser({ password })).error;
}

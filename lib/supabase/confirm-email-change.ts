import "server-only";
import type { AuthFailure } from "./auth-errors";
import { endSessionOf } from "./open-session";
import { SIGN_IN_TIMEOUT } from "./client-options";
import { createTokenClient } from "./user-client";

/**
 * Confirms a change of an account's e-mail address, with the token of a link. Supabase sends one link to the old address and one
 * to the new one. `isDone` is false after the first of the two links. Signs nobody in: Supabase creates a session after the
 * second link, and this function ends that session.
 */
export async function confirmEmailChange(token_hash: string): Promise<{ error: AuthFailure } | { isDone: boolean }> {
  const { auth } = createTokenClient(null, SIGN_IN_TIMEOUT);
  const { data, error } = await auth.verifyOtp({ token_hash, type: "email_change" });
  if (error) return { error };
  if (data.session) await endSessionOf(data.session.access_token);
  return { isDone: data.session !== null };
}

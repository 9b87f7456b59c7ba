import "server-only";
import type { AuthError, Session, User } from "@supabase/supabase-js";
import type { AuthFailure } from "./auth-errors";
import { hasVerifiedFactor } from "./auth-user";
import { SIGN_IN_TIMEOUT } from "./client-options";
import { createHeldAuthClient, createTokenClient, readToken } from "./user-client";

type Auth = Awaited<ReturnType<typeof createHeldAuthClient>>["auth"];
type Answer = { data: { user: User | null; session: Session | null }; error: AuthError | null };

/** A session that Supabase has created, but that this browser does not have yet. */
export type NewSession = { auth: Auth; session: Session };

export type Opened = { error: AuthFailure } | { user: User; needsSecondFactor: boolean };

/**
 * Signs this browser in with the session that `ask` gets from Supabase, and ends the session that the browser had before. If
 * `check` returns an error for the new session, ends the new session instead, and the browser keeps its old session.
 */
export async function openSession(
  ask: (auth: Auth) => Promise<Answer>,
  check: (opened: NewSession) => Promise<AuthFailure | null> = async () => null,
): Promise<Opened> {
  const oldToken = await readToken().catch(() => null);
  const { auth, save } = await createHeldAuthClient();
  const { data, error } = await ask(auth);
  const { session } = data;
  if (error || !session) return { error: error ?? { code: "unexpected_failure", status: 500 } };
  const refusal = await check({ auth, session });
  if (refusal) {
    await auth.signOut({ scope: "local" });
    return { error: refusal };
  }
  save();
  if (oldToken) await endSessionOf(oldToken);
  return { user: session.user, needsSecondFactor: hasVerifiedFactor(session.user.factors) };
}

/**
 * Ends the session of an access token. If Supabase cannot be reached, the session does not end. Its access token still expires
 * after at most an hour.
 */
export async function endSessionOf(token: string): Promise<void> {
  await createTokenClient(null, SIGN_IN_TIMEOUT).auth.admin.signOut(token, "local");
}

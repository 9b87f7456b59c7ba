import { z } from "zod";
import { now } from "../database.ts";
import { clientOf, readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { isBanned, requireUserById } from "../users/user.ts";
import { presentTokens } from "./issue.ts";
import {
  expiredReason,
  findActiveToken,
  findSession,
  insertRefreshToken,
  lockRefreshToken,
  revokeToken,
  revokeTokens,
  type RefreshToken,
} from "./session.ts";

const Body = z.object({ refresh_token: z.string().default("") });

const refuse = (code: string, reason: string, keepsChanges = false) =>
  new AuthError(400, code, `Invalid Refresh Token: ${reason}`, { keepsChanges });

/** POST /token?grant_type=refresh_token. Source: RefreshTokenGrant in supabase/auth. */
export async function refresh(call: AuthRequest) {
  const { db, settings } = call;
  const { refresh_token } = readBody(call, Body);
  if (!/^[a-z0-9]{12}$/.test(refresh_token)) throw invalid("Refresh token is not valid");
  const token = await lockRefreshToken(db, refresh_token);
  if (!token) throw refuse("refresh_token_not_found", "Refresh Token Not Found");
  const user = await requireUserById(db, token.user_id);
  if (isBanned(user)) throw refuse("user_banned", "User Banned");
  const session = await findSession(db, token.session_id);
  if (!session) throw refuse("session_not_found", "No Valid Session Found");
  const reason = expiredReason(session, settings);
  if (reason) throw refuse("session_expired", reason);

  const next = token.revoked ? await reuse(call, token) : null;
  if (next === null) await revokeToken(db, token.id);
  const issued = next ?? (await insertRefreshToken(db, user.id, session.id, token.token));
  const { userAgent: user_agent, ip } = clientOf(call);
  const changes = { refreshed_at: now(), updated_at: now(), user_agent, ip };
  await db.updateTable("auth.sessions").set(changes).where("id", "=", session.id).execute();
  return presentTokens(call, user, session.id, issued);
}

/**
 * Handles a refresh token that was already used. There are three cases:
 * - The token that replaced the used token was never used. The client may have missed the response with the new token, so this
 * function returns the new token.
 * - The token was used a moment ago. Two requests may have used it at the same time, so this function returns null, and the
 * caller issues another token.
 * - In any other case, the token may have been stolen. This function revokes all tokens of the session (unless tokens are never
 * replaced), and throws.
 */
async function reuse({ db, settings }: AuthRequest, token: RefreshToken): Promise<string | null> {
  const active = await findActiveToken(db, token.session_id);
  if (active?.parent === token.token) return active.token;
  if (Date.now() <= Date.parse(token.updated_at) + settings.reuseSeconds * 1000) return null;
  if (settings.rotatesTokens) await revokeTokens(db, token.session_id);
  throw refuse("refresh_token_already_used", "Already Used", true);
}

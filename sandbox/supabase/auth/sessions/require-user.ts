import { z } from "zod";
import type { AuthRequest } from "../http/auth-request.ts";
import { AuthError } from "../http/errors.ts";
import { findUserById, isBanned, type User } from "../users/user.ts";
import { findSession, type Session } from "./session.ts";
import { verifyToken } from "./sign-token.ts";

const Claims = z.object({
  sub: z.string().default(""),
  session_id: z.string().default(""),
  role: z.string().default(""),
  exp: z.number(),
});

const forbidden = (code: string, message: string) => new AuthError(403, code, message);

/** Returns the access token of the request, or null if the request has only an API key. */
function bearerToken({ request }: AuthRequest): string | null {
  const [, token = ""] = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  return token === "" || token.startsWith("sb_") ? null : token;
}

function readClaims(call: AuthRequest, token: string): z.infer<typeof Claims> {
  const prefix = "invalid JWT: unable to parse or verify signature, ";
  try {
    const claims = Claims.parse(verifyToken(token, call.jwtSecret));
    if (claims.exp * 1000 > Date.now()) return claims;
  } catch (error) {
    throw forbidden("bad_jwt", prefix + (error instanceof Error ? error.message : String(error)));
  }
  throw forbidden("bad_jwt", `${prefix}token has invalid claims: token is expired`);
}

/**
 * Returns the user and the session of the access token. Throws the error of the real server if the session has ended or the user
 * was deleted.
 */
export async function requireUser(call: AuthRequest): Promise<{ user: User; session: Session }> {
  const token = bearerToken(call);
  // A request that has only an API key has a role, but no user.
  const { sub, session_id } = token ? readClaims(call, token) : { sub: "", session_id: "" };
  if (!sub) throw forbidden("bad_jwt", "invalid claim: missing sub claim");
  if (!z.uuid().safeParse(sub).success) {
    throw new AuthError(400, "bad_jwt", "invalid claim: sub claim must be a UUID");
  }
  const user = await findUserById(call.db, sub);
  if (!user) throw forbidden("user_not_found", "User from sub claim in JWT does not exist");
  const session = z.uuid().safeParse(session_id).success ? await findSession(call.db, session_id) : null;
  if (!session) throw forbidden("session_not_found", "Session from session_id claim in JWT does not exist");
  if (isBanned(user)) throw forbidden("user_banned", "User is banned");
  return { user, session };
}

/**
 * Throws if the request does not have the role `service_role`. The role is that of the access token or, if the request has no
 * access token, that of the API key.
 */
export function requireAdmin(call: AuthRequest): void {
  const token = bearerToken(call);
  const role = token ? readClaims(call, token).role : call.keyRole;
  if (role !== "service_role") throw forbidden("not_admin", "User not allowed");
}

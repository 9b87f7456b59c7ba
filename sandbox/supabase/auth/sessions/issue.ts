import { apiUrl, clientOf, type AuthRequest } from "../http/auth-request.ts";
import { presentUser } from "../users/present-user.ts";
import { now } from "../database.ts";
import { requireUserById, updateUser, type User } from "../users/user.ts";
import { addMethod, insertRefreshToken, insertSession, listMethods, type Method } from "./session.ts";
import { signToken } from "./sign-token.ts";

/** Signs the user in: creates a session and returns its first tokens. */
export async function issueSession(call: AuthRequest, userId: string, method: Method) {
  await updateUser(call.db, userId, { last_sign_in_at: now() });
  const sessionId = await insertSession(call.db, userId, clientOf(call));
  const refreshToken = await insertRefreshToken(call.db, userId, sessionId);
  await addMethod(call.db, sessionId, method);
  return presentTokens(call, await requireUserById(call.db, userId), sessionId, refreshToken);
}

/** Returns the body of the response to a sign-in or a refresh. */
export async function presentTokens(call: AuthRequest, user: User, sessionId: string, refresh_token: string) {
  const { settings, jwtSecret } = call;
  const methods = await listMethods(call.db, sessionId);
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: apiUrl(call),
    sub: user.id,
    aud: user.aud ?? "",
    exp: seconds + settings.tokenSeconds,
    iat: seconds,
    email: user.email ?? "",
    phone: "",
    app_metadata: user.raw_app_meta_data,
    user_metadata: user.raw_user_meta_data,
    role: user.role ?? "",
    aal: methods.some(({ method }) => method === "totp") ? "aal2" : "aal1",
    amr: methods,
    session_id: sessionId,
    is_anonymous: user.is_anonymous,
  };
  return {
    access_token: signToken(claims, jwtSecret),
    token_type: "bearer",
    expires_in: settings.tokenSeconds,
    expires_at: claims.exp,
    refresh_token,
    user: presentUser(user),
  };
}

import { z } from "zod";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { findFlowByCode, isFlowExpired, requireVerifier } from "../sessions/flow-state.ts";
import { issueSession } from "../sessions/issue.ts";
import { refresh } from "../sessions/refresh.ts";
import { isPassword } from "../users/passwords.ts";
import { findUserByEmail, isBanned, isConfirmed } from "../users/user.ts";

const Password = z.object({
  email: z.string().default(""),
  phone: z.string().default(""),
  password: z.string().default(""),
});
const Exchange = z.object({ auth_code: z.string().default(""), code_verifier: z.string().default("") });

/** POST /token */
export async function createTokens(call: AuthRequest) {
  switch (call.url.searchParams.get("grant_type")) {
    case "password":
      return signIn(call);
    case "refresh_token":
      return refresh(call);
    case "pkce":
      return exchangeCode(call);
    default:
      throw new AuthError(400, "invalid_credentials", "unsupported_grant_type");
  }
}

/** Signs in with an e-mail address and a password. Source: ResourceOwnerPasswordGrant in supabase/auth. */
async function signIn(call: AuthRequest) {
  const { email, phone, password } = readBody(call, Password);
  if (email && phone) throw invalid("Only an email address or phone number should be provided on login.");
  if (phone) throw new AuthError(422, "phone_provider_disabled", "Phone logins are disabled");
  if (!email) throw invalid("missing email or phone");
  const wrong = new AuthError(400, "invalid_credentials", "Invalid login credentials");
  const user = await findUserByEmail(call.db, email);
  if (!user?.encrypted_password) throw wrong;
  if (isBanned(user)) throw new AuthError(400, "user_banned", "User is banned");
  if (!isPassword(password, user.encrypted_password)) throw wrong;
  if (!isConfirmed(user)) throw new AuthError(400, "email_not_confirmed", "Email not confirmed");
  return { ...(await issueSession(call, user.id, "password")), weak_password: null };
}

/** Exchanges the code of a PKCE flow for a session. Source: PKCE in supabase/auth. */
async function exchangeCode(call: AuthRequest) {
  const { auth_code, code_verifier } = readBody(call, Exchange);
  if (!auth_code || !code_verifier) {
    throw invalid("invalid request: both auth code and code verifier should be non-empty");
  }
  const flow = await findFlowByCode(call.db, auth_code);
  if (!flow?.user_id) {
    throw new AuthError(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
  }
  if (isFlowExpired(flow)) {
    throw new AuthError(422, "flow_state_expired", "invalid flow state, flow state has expired");
  }
  requireVerifier(flow, code_verifier);
  const session = await issueSession(call, flow.user_id, flow.authentication_method);
  await call.db.deleteFrom("auth.flow_state").where("id", "=", flow.id).execute();
  return {
    ...session,
    ...(flow.provider_access_token && { provider_token: flow.provider_access_token }),
    ...(flow.provider_refresh_token && { provider_refresh_token: flow.provider_refresh_token }),
  };
}

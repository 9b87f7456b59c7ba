import { sql } from "kysely";
import type { AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { errorParams, redirect, withParams } from "../http/redirect-response.ts";
import { redirectTarget } from "../http/redirect-target.ts";
import { findFlowOfUser } from "../sessions/flow-state.ts";
import { issueSession } from "../sessions/issue.ts";
import type { User } from "../users/user.ts";
import { confirmByMail, findByHash, ONE_OF_TWO } from "./verify.ts";

/**
 * GET /verify: handles the link of an e-mail, and redirects to the app. In a PKCE flow, the query of the new URL has a code.
 * Without PKCE, its fragment has a session. An error is in the fragment and, in a PKCE flow, also in the query.
 */
export async function followLink(call: AuthRequest): Promise<Response> {
  const type = call.url.searchParams.get("type") ?? "";
  const token = call.url.searchParams.get("token") ?? "";
  if (!type) throw invalid("Verify requires a verification type");
  if (!token) throw invalid("Verify requires a token or a token hash");
  const target = redirectTarget(call);
  const isPkce = token.startsWith("pkce_");
  try {
    const user = await confirmByMail(call, await findByHash(call, type, token), type, token);
    if (!user) return redirect(withParams(target, { message: ONE_OF_TWO }, isPkce ? "both" : "fragment"), 303);
    if (isPkce) return redirect(withParams(target, { code: await issueCode(call, user, type) }, "query"), 303);
    const { user: _, expires_in, expires_at, ...tokens } = await issueSession(call, user.id, "otp");
    const params = { ...tokens, expires_in: String(expires_in), expires_at: String(expires_at), type };
    return redirect(withParams(target, params, "fragment"), 303);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return redirect(withParams(target, errorParams(error), isPkce ? "both" : "fragment"), 303);
  }
}

/** Returns the code of the flow. The browser that asked for the e-mail exchanges this code for a session. */
async function issueCode({ db }: AuthRequest, user: User, type: string): Promise<string> {
  const flow = await findFlowOfUser(db, user.id, type === "signup" ? "email/signup" : type);
  if (!flow?.auth_code) {
    const reason = "No valid flow state found for user.";
    throw new AuthError(400, "flow_state_not_found", `No associated flow state found. 422: ${reason}`);
  }
  await sql`update auth.flow_state set auth_code_issued_at = now() where id = ${flow.id}`.execute(db);
  return flow.auth_code;
}

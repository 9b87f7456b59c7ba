import { sql } from "kysely";
import { z } from "zod";
import { now } from "../database.ts";
import { apiUrl, type AuthRequest } from "../http/auth-request.ts";
import { AuthError } from "../http/errors.ts";
import { errorParams, redirect, withParams } from "../http/redirect-response.ts";
import type { Transact } from "../routes.ts";
import { findFlowById, isFlowExpired, type FlowState } from "../sessions/flow-state.ts";
import { issueSession } from "../sessions/issue.ts";
import { exchangeCode, fetchProfile, type Profile } from "./provider.ts";
import { linkToUser, signInWithProfile } from "./sign-in.ts";

/** For these error codes, the redirect has the parameter `error=access_denied`, whatever HTTP status the error has. */
const DENIED = ["signup_disabled", "user_banned", "provider_email_needs_verification"];

/**
 * GET /callback: the provider redirects the browser to this endpoint, which redirects the browser to the app. An error is in the
 * query of the app's URL and, if the flow is valid, also in the fragment. Source: ExternalProviderCallback in supabase/auth.
 */
export async function callback(call: AuthRequest, transact: Transact): Promise<Response> {
  const flow = await requireFlow(call).catch((error: unknown) => toAuthError(error));
  // Without a valid flow, the page on which the sign-in began is not known. So the browser goes to the URL of the site.
  if (flow instanceof AuthError) return redirect(withParams(call.siteUrl, callbackErrorParams(flow), "query"), 303);
  const target = flow.referrer ?? call.siteUrl;
  try {
    const profile = await readProfile(call, flow);
    return redirect(await transact((inside) => finish(inside, flow, profile)), 302);
  } catch (error) {
    return redirect(withParams(target, callbackErrorParams(toAuthError(error)), "both"), 302);
  }
}

/** Returns the error if it is an `AuthError`. Throws all other errors again. */
function toAuthError(error: unknown): AuthError {
  if (error instanceof AuthError) return error;
  throw error;
}

function callbackErrorParams(error: AuthError): Record<string, string> {
  if (error.code === "") return { error: String(error.details.error), error_description: error.message };
  const params = { error: "server_error", ...errorParams(error) };
  return DENIED.includes(error.code) ? { ...params, error: "access_denied" } : params;
}

async function requireFlow({ db, url }: AuthRequest): Promise<FlowState> {
  const state = url.searchParams.get("state") ?? "";
  if (!state) throw new AuthError(400, "bad_oauth_callback", "OAuth state parameter missing");
  if (!z.uuid().safeParse(state).success) {
    throw new AuthError(400, "bad_oauth_state", "OAuth state parameter is invalid");
  }
  const flow = await findFlowById(db, state);
  if (!flow) throw new AuthError(400, "bad_oauth_state", "OAuth state not found or expired");
  if (isFlowExpired(flow)) throw new AuthError(400, "bad_oauth_state", "OAuth state has expired");
  requireUnused(flow);
  return flow;
}

function requireUnused({ code_challenge, user_id }: FlowState): void {
  if (code_challenge && user_id) throw new AuthError(400, "flow_state_already_used", "State has already been used");
}

type Found = { profile: Profile; accessToken: string; refreshToken: string };

async function readProfile(call: AuthRequest, { provider_type }: FlowState): Promise<Found> {
  const params = call.url.searchParams;
  const refused = params.get("error");
  // The provider reports an error: for example, the user did not agree to sign in.
  if (refused) throw new AuthError(400, "", params.get("error_description") ?? "", { details: { error: refused } });
  const code = params.get("code");
  if (!code) {
    throw new AuthError(400, "bad_oauth_callback", "OAuth callback with missing authorization code missing");
  }
  const { oauth } = call.settings;
  const failed = (message: string) => (error: unknown) => {
    console.error(`Sign-in with ${provider_type}:`, error);
    throw new AuthError(500, "unexpected_failure", message);
  };
  const tokens = await exchangeCode(oauth, code, `${apiUrl(call)}/callback`).catch(
    failed(`Unable to exchange external code: ${code.slice(0, 4)}`),
  );
  const profile = await fetchProfile(oauth, tokens.access_token).catch(
    failed("Error getting user profile from external provider"),
  );
  if (!profile.email) {
    throw new AuthError(500, "unexpected_failure", "Error getting user email from external provider");
  }
  return { profile, accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? "" };
}

async function finish(call: AuthRequest, { id, linking_target_id }: FlowState, found: Found): Promise<string> {
  const flow = await requireFlow(call);
  const { provider_type: provider, code_challenge, auth_code, referrer } = flow;
  const userId = linking_target_id
    ? await linkToUser(call, linking_target_id, provider, found.profile)
    : await signInWithProfile(call, provider, found.profile);
  const target = referrer ?? call.siteUrl;
  if (code_challenge && auth_code) {
    await sql`update auth.flow_state set user_id = ${userId}, auth_code_issued_at = ${now()},
      provider_access_token = ${found.accessToken}, provider_refresh_token = ${found.refreshToken}
      where id = ${id}`.execute(call.db);
    return withParams(target, { code: auth_code }, "query");
  }
  const { user: _, expires_in, expires_at, ...tokens } = await issueSession(call, userId, "oauth");
  await call.db.deleteFrom("auth.flow_state").where("id", "=", id).execute();
  const params = { ...tokens, expires_in: String(expires_in), expires_at: String(expires_at) };
  return withParams(target, { ...params, provider_token: found.accessToken }, "fragment");
}

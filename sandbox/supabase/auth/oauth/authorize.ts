import { apiUrl, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { redirect } from "../http/redirect-response.ts";
import { redirectTarget } from "../http/redirect-target.ts";
import { Challenge, insertFlow, isPkce } from "../sessions/flow-state.ts";
import { requireUser } from "../sessions/require-user.ts";
import { authorizeUrl, isProvider } from "./provider.ts";

/** The parameters of a request to this server that are not passed on to the provider. */
const OWN = new Set([
  "provider",
  "scopes",
  "scope",
  "redirect_to",
  "redirect_uri",
  "code_challenge",
  "code_challenge_method",
  "client_id",
  "client_secret",
  "response_type",
  "state",
  "skip_http_redirect",
  "apikey",
]);

/** GET /authorize: redirects to the sign-in page of a provider. */
export async function authorize(call: AuthRequest): Promise<Response> {
  return redirect(await startFlow(call), 302);
}

/**
 * GET /user/identities/authorize: redirects to the sign-in page of a provider, or returns the URL of this page. After the
 * sign-in, GET /callback connects the account at the provider to the user.
 */
export async function authorizeLink(call: AuthRequest) {
  const { user } = await requireUser(call);
  requireLinking(call);
  const url = await startFlow(call, user.id);
  return call.url.searchParams.get("skip_http_redirect") === "true" ? { url } : redirect(url, 302);
}

export function requireLinking({ settings }: AuthRequest): void {
  if (!settings.allowsLinking) throw new AuthError(404, "manual_linking_disabled", "Manual linking is disabled");
}

async function startFlow(call: AuthRequest, linkingTargetId?: string): Promise<string> {
  const params = call.url.searchParams;
  const provider = (params.get("provider") ?? "").toLowerCase();
  const { oauth } = call.settings;
  if (!isProvider(provider, oauth)) throw invalid("Unsupported provider: provider is not enabled");
  const challenge = Challenge.parse({
    code_challenge: params.get("code_challenge"),
    code_challenge_method: params.get("code_challenge_method"),
  });
  isPkce(challenge);
  const referrer = redirectTarget(call);
  const state = await insertFlow(call.db, { method: "oauth", provider, challenge, referrer, linkingTargetId });
  const more = [...params].filter(([name]) => !OWN.has(name.toLowerCase()));
  const redirectUri = `${apiUrl(call)}/callback`;
  return authorizeUrl(oauth, { state, redirectUri, scopes: params.get("scopes") ?? "", more });
}

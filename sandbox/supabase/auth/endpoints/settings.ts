import type { AuthRequest } from "../http/auth-request.ts";
import { isProvider } from "../oauth/provider.ts";

/** The providers that GET /settings of the real server lists. */
const PROVIDERS =
  "apple azure bitbucket discord facebook snapchat figma fly github gitlab google keycloak kakao linkedin linkedin_oidc notion spotify slack slack_oidc workos twitch twitter zoom";

/** GET /settings */
export async function getSettings({ settings }: AuthRequest) {
  const names = [...PROVIDERS.split(" "), ...settings.oauth.providers];
  const external = Object.fromEntries(names.map((name) => [name, isProvider(name, settings.oauth)]));
  return {
    external: { anonymous_users: false, ...external, email: true, phone: false },
    disable_signup: !settings.allowsSignUp,
    mailer_autoconfirm: settings.confirmsAtOnce,
    phone_autoconfirm: false,
    sms_provider: "",
    saml_enabled: false,
    saml_private_key_next_configured: false,
    passkeys_enabled: false,
  };
}

/** GET /health */
export async function getHealth() {
  return { version: "local", name: "GoTrue", description: "A stand-in for Supabase Auth" };
}

// The sandbox loads this file too, without a bundler, so it has no imports.

/**
 * The OAuth providers that Supabase supports. The keys are Supabase's names of the providers. `label` is the name on the
 * sign-in button. `scopes` are the OAuth scopes that this app must request: without them, the provider sends no e-mail
 * address. Supabase does not request them by default. Source: https://supabase.com/docs/guides/auth/social-login
 */
const known: ReadonlyMap<string, { label: string; scopes?: string }> = new Map([
  ["apple", { label: "Apple" }],
  ["azure", { label: "Microsoft", scopes: "email" }],
  ["bitbucket", { label: "Bitbucket" }],
  ["discord", { label: "Discord" }],
  ["facebook", { label: "Facebook" }],
  ["figma", { label: "Figma" }],
  ["fly", { label: "Fly.io" }],
  ["github", { label: "GitHub" }],
  ["gitlab", { label: "GitLab" }],
  ["google", { label: "Google" }],
  ["kakao", { label: "Kakao" }],
  ["keycloak", { label: "Keycloak", scopes: "openid" }],
  ["linkedin_oidc", { label: "LinkedIn" }],
  ["notion", { label: "Notion" }],
  ["slack_oidc", { label: "Slack" }],
  ["spotify", { label: "Spotify" }],
  ["twitch", { label: "Twitch" }],
  ["twitter", { label: "Twitter" }],
  ["workos", { label: "WorkOS" }],
  ["x", { label: "X" }],
  ["zoom", { label: "Zoom" }],
]);

const CUSTOM = /^custom:([\w-]+)$/;

export type AuthProvider = { name: string; label: string; scopes?: string };

/**
 * Returns the provider with a name such as `google`, or `custom:name` for a provider that the operator has defined in
 * Supabase. Returns null for any other name.
 */
export function findAuthProvider(name: string): AuthProvider | null {
  const provider = known.get(name);
  if (provider) return { name, ...provider };
  const [, label] = CUSTOM.exec(name) ?? [];
  return label ? { name, label } : null;
}

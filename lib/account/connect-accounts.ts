import "server-only";
import type { AuthProvider } from "@/lib/auth-providers";
import type { AuthFailure } from "@/lib/supabase/auth-errors";
import { isProvider } from "@/lib/supabase/start-oauth";
import { createAuthClient, createHeldAuthClient } from "@/lib/supabase/user-client";

/**
 * Starts to connect an account of another service, such as Google, to the signed-in user. Returns the URL of a page of that
 * service. From this page, the user returns to `redirectTo` with a code. The code works only together with a cookie, which this
 * function writes.
 */
export async function startLink(
  { name, scopes }: AuthProvider,
  redirectTo: string,
): Promise<{ url: string } | { error: AuthFailure }> {
  if (!isProvider(name)) return { error: { code: "oauth_provider_not_supported", status: 400 } };
  const { auth, save } = await createHeldAuthClient();
  const options = { redirectTo, skipBrowserRedirect: true, ...(scopes && { scopes }) };
  const { data, error } = await auth.linkIdentity({ provider: name, options });
  if (error) return { error };
  save();
  return { url: data.url };
}

/** Disconnects an account of another service. Supabase refuses to disconnect the last way to sign in. */
export async function unlink(identityId: string): Promise<AuthFailure | null> {
  const auth = await createAuthClient();
  const { data, error } = await auth.getUserIdentities();
  if (error) return error;
  const identity = data.identities.find(
    ({ identity_id, provider }) => identity_id === identityId && provider !== "email",
  );
  if (!identity) return { code: "identity_not_found", status: 404 };
  return (await auth.unlinkIdentity(identity)).error;
}

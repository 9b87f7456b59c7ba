import "server-only";
import { z } from "zod";
import { findAuthProvider, type AuthProvider } from "@/lib/auth-providers";
import type { AuthFailure } from "./auth-errors";
import { fetchWithin, SIGN_IN_TIMEOUT } from "./client-options";
import { createHeldAuthClient } from "./user-client";

type Auth = Awaited<ReturnType<typeof createHeldAuthClient>>["auth"];
type Provider = Parameters<Auth["signInWithOAuth"]>[0]["provider"];

const PageUrl = z.url({ protocol: /^https?$/ });

/**
 * Starts a sign-in at another service. Returns the URL of a page of that service, or an error. From this page, the user returns
 * to `redirectTo` with a code. The code works only together with a cookie, which this function writes. The server asks Supabase
 * for the URL, because a browser would show Supabase's errors as JSON.
 */
export async function startOAuth(
  { name, scopes }: AuthProvider,
  redirectTo: string,
): Promise<{ url: string } | { error: AuthFailure }> {
  if (!isProvider(name)) return { error: { code: "oauth_provider_not_supported", status: 400 } };
  const { auth, save } = await createHeldAuthClient();
  const options = { redirectTo, skipBrowserRedirect: true, ...(scopes && { scopes }) };
  const { data, error } = await auth.signInWithOAuth({ provider: name, options });
  if (error) return { error };
  const response = await fetchWithin(SIGN_IN_TIMEOUT)(data.url, { redirect: "manual" }).catch(() => null);
  await response?.body?.cancel();
  const url = PageUrl.safeParse(response?.headers.get("location")).data;
  if (!url || !response) {
    const status = response?.status ?? 0;
    return {
      error: status === 0 || status >= 500 ? { code: undefined, status } : { code: "provider_disabled", status },
    };
  }
  save();
  return { url };
}

/** Whether Supabase supports a provider with this name (see `findAuthProvider`). */
export function isProvider(name: string): name is Provider {
  return findAuthProvider(name) !== null;
}

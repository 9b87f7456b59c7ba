import "server-only";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { readAuthSettings } from "@/lib/supabase/auth-settings";

/**
 * Compares the settings of this app with those of Supabase Auth, and logs each contradiction. An example: `SIGN_UP` is `closed`,
 * but accounts can still be created with Supabase's own API.
 */
export async function checkAuthSettings(): Promise<void> {
  const { SIGN_UP, AUTH_PROVIDERS, isSandbox } = env();
  const settings = await readAuthSettings();
  if (!settings) return;
  const { disable_signup: isClosed, mailer_autoconfirm: isUnconfirmed, external } = settings;
  if (SIGN_UP !== "open" && !isClosed) log.error("sign_ups_are_on_in_supabase", { SIGN_UP });
  if (SIGN_UP === "open" && isClosed) log.error("sign_ups_are_off_in_supabase", { SIGN_UP });
  if (isUnconfirmed && !isSandbox) log.error("accounts_need_no_confirmation");
  // `external` contains no value for the providers that the operator has defined in Supabase. So only `false` means that a
  // provider is off.
  const missing = AUTH_PROVIDERS.map(({ name }) => name).filter((name) => external[name] === false);
  if (missing.length > 0) log.error("providers_are_off_in_supabase", { missing });
}

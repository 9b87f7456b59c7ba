import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { fetchWithin, SIGN_IN_TIMEOUT } from "./client-options";

/** The public settings of Supabase Auth. `external` contains, for each way to sign in, whether it is turned on. */
const AuthSettings = z.object({
  external: z.record(z.string(), z.boolean()).default({}),
  disable_signup: z.boolean().default(false),
  mailer_autoconfirm: z.boolean().default(false),
});
export type AuthSettings = z.infer<typeof AuthSettings>;

/**
 * Returns the public settings of Supabase Auth. Returns null if Supabase responds with an error, or does not respond within five
 * seconds.
 */
export async function readAuthSettings(): Promise<AuthSettings | null> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: apikey } = env();
  try {
    const response = await fetchWithin(SIGN_IN_TIMEOUT)(`${url}/auth/v1/settings`, { headers: { apikey } });
    return response.ok ? AuthSettings.parse(await response.json()) : null;
  } catch {
    return null;
  }
}

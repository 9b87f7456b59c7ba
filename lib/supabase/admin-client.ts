import "server-only";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { env } from "@/lib/env";
import { fetchWithin, withoutSession } from "./client-options";

let client: SupabaseClient | undefined;

/**
 * A Supabase client with the secret key. It bypasses row level security, so the caller must check whose rows it uses. Only the
 * files in `adminUsers` of oxlint.layers.ts may import it.
 */
export function adminClient(): SupabaseClient {
  client ??= createClient(env().NEXT_PUBLIC_SUPABASE_URL, env().SUPABASE_SECRET_KEY, {
    auth: withoutSession,
    global: { fetch: fetchWithin() },
  });
  return client;
}

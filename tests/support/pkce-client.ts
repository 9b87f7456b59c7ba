import { createClient } from "@supabase/supabase-js";
import type { Stack } from "./stack";

/** Returns a Supabase client that stores the verifiers of its PKCE sign-ins in memory, as a browser stores them. */
export function createPkceClient({ env }: { env: Stack["env"] }) {
  const store = new Map<string, string>();
  const storage = {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
    removeItem: (key: string) => void store.delete(key),
  };
  const [url = "", key = ""] = [env.NEXT_PUBLIC_SUPABASE_URL, env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY];
  return createClient(url, key, { auth: { storage, flowType: "pkce", autoRefreshToken: false } });
}

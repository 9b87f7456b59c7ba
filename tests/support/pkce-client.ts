import { createClient } from "@supabase/supabase-js";
import type { Stack } from "./stack";

/** A Supabase client that remembers the verifiers of its PKCE flows, as a browser does. */
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

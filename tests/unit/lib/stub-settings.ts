import { vi } from "vitest";

/** Sets the required settings, with `changes`. Their URLs and keys are those of services that the tests never call. */
export function stubSettings(changes: Record<string, string> = {}) {
  const settings = {
    NEXT_PUBLIC_SUPABASE_URL: "http://127.0.0.1:1",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "unused",
    SUPABASE_SECRET_KEY: "unused",
    REPLICATE_API_TOKEN: "unused",
    ...changes,
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
}

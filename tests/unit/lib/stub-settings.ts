import { vi } from "vitest";

/** The settings that the app does not start without, of services that nobody calls, changed as told. */
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

import "server-only";
import { readEnv } from "@/lib/env-schema";

let current: ReturnType<typeof readEnv> | undefined;

/**
 * Returns the settings of this process, described in lib/env-schema.ts. Throws if a setting is missing or invalid. The settings
 * are checked on the first call and not at import, because `next build` has no settings. No other code reads the environment.
 */
export function env() {
  return (current ??= readEnv(process.env));
}

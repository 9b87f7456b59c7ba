import "server-only";
import { readEnv } from "@/lib/env-schema";

let current: ReturnType<typeof readEnv> | undefined;

/**
 * Returns the settings of this process. They are checked on the first call and not at import, because `next build` has no
 * settings. No other code reads the environment.
 * The settings are in lib/env-schema.ts, the default limits in lib/limits/default-limits.ts.
 */
export function env() {
  return (current ??= readEnv(process.env));
}

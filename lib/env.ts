import "server-only";
import { readEnv } from "@/lib/env-schema";

let current: ReturnType<typeof readEnv> | undefined;

/**
 * Returns the settings of this process, checked on first use, because a build has none. No other code reads the environment.
 * The settings are in lib/env-schema.ts, the default limits in lib/limits/limits.ts.
 */
export function env() {
  return (current ??= readEnv(process.env));
}

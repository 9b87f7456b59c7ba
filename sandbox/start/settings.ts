import { writeFileSync } from "node:fs";
import nextEnv from "@next/env";
import { tidySettings } from "../../lib/env-names.ts";

/**
 * The environment as Next will see it, with the .env files. `process.env` stays unchanged, so that Next can reload those
 * files. Values are trimmed and renamed as in lib/env.ts, so that both read the same settings. With SANDBOX=1 the files
 * are ignored, and every service is a local one.
 */
export function readSettings(root: string, isDev: boolean): Record<string, string | undefined> {
  if (process.env.SANDBOX === "1") return tidySettings(process.env);
  const own = { ...process.env };
  const { combinedEnv } = nextEnv.loadEnvConfig(root, isDev, { info: () => {}, error: console.error });
  const settings = tidySettings(combinedEnv);
  for (const name of Object.keys(process.env)) if (!(name in own)) delete process.env[name];
  Object.assign(process.env, own);
  return settings;
}

/** Writes URLs and keys as a dotenv file for scripts and tests. Only its owner can read it. */
export function writeSettings(path: string, settings: Record<string, string>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  writeFileSync(path, lines.join(""), { mode: 0o600 });
}

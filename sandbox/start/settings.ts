import { writeFileSync } from "node:fs";
import nextEnv from "@next/env";
import { tidySettings } from "../../lib/find-setting.ts";

/**
 * The environment as Next will see it, .env files included; the process's own stays as it is, so that Next can reload
 * those files. Values are trimmed and named as lib/env.ts names them, so that both see the same settings. SANDBOX=1 leaves the files out: everything is stood in for, whatever keys they hold.
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

/** Writes what was started, as dotenv, for scripts and tests. It holds keys: for its owner's eyes only. */
export function writeSettings(path: string, settings: Record<string, string>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  writeFileSync(path, lines.join(""), { mode: 0o600 });
}

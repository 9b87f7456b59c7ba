import nextEnv from "@next/env";
import { readEnv, tidySettings } from "../../lib/env-schema.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Returns the environment variables as Next will see them, including those in .env files. `process.env` does not change, so that
 * Next can reload the .env files. As in the app, values are trimmed, and old names of variables are replaced by the new names.
 * With SANDBOX=1, the .env files are ignored. So every service is local, even if the .env files have keys of real services.
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

/**
 * Throws if the app would reject these settings. The URLs and keys of local services are not known yet, so this function uses
 * placeholders in their place.
 */
export function checkSettings(settings: Record<string, string | undefined>, isDev: boolean): void {
  readEnv({
    ...settings,
    ...(!settings.NEXT_PUBLIC_SUPABASE_URL && {
      NEXT_PUBLIC_SUPABASE_URL: "http://127.0.0.1",
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "local",
      SUPABASE_SECRET_KEY: "local",
    }),
    ...(!settings.REPLICATE_API_TOKEN && {
      REPLICATE_API_TOKEN: "local",
      REPLICATE_API_BASE_URL: "http://127.0.0.1",
      REPLICATE_WEBHOOK_SIGNING_SECRET: "whsec_local",
      APP_URL: settings.APP_URL || "http://localhost",
    }),
    NODE_ENV: isDev ? "development" : "production",
  });
}

/** Writes URLs and keys as a dotenv file for scripts and tests. Only its owner can read it. */
export function writeSettings(path: string, settings: Record<string, string>): void {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  replaceFile(path, lines.join(""));
}

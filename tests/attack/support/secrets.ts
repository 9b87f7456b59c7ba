import { readFileSync } from "node:fs";
import { join } from "node:path";

type Planted = { env: Record<string, string>; dir: string };

const SETTINGS = [
  "SUPABASE_SECRET_KEY",
  "REPLICATE_API_TOKEN",
  "REPLICATE_WEBHOOK_SIGNING_SECRET",
  "CRON_SECRET",
] as const;

/** Returns the names and values of the secrets of this run. Each secret is listed in all forms in which it could leak. */
export function listSecrets({ env, dir }: Planted): [name: string, value: string][] {
  const { jwtSecret } = JSON.parse(readFileSync(join(dir, "secrets.json"), "utf8")) as { jwtSecret: string };
  const values = [...SETTINGS.map((name) => [name, env[name] ?? ""] as const), ["the tokens' key", jwtSecret] as const];
  return values.flatMap(([name, value]) => {
    if (value.length < 16) throw new Error(`${name} is too short to be found again.`);
    const forms = [value, encodeURIComponent(value), Buffer.from(value).toString("base64").replace(/=+$/, "")];
    return [...new Set(forms)].map((form): [string, string] => [name, form]);
  });
}

/** Returns the names of the secrets that a text contains. */
export function findSecrets(text: string, secrets: [name: string, value: string][]): string[] {
  return secrets.filter(([, value]) => text.includes(value)).map(([name]) => name);
}

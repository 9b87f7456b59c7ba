import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { replaceFile } from "./replace-file.ts";

const secret = (create: () => string) => z.string().min(1).default(create);
const random = (prefix: string, bytes = 24) => secret(() => prefix + randomBytes(bytes).toString("hex"));

const Secrets = z.object({
  jwtSecret: random("", 32),
  publishableKey: random("sb_publishable_"),
  secretKey: random("sb_secret_"),
  demoPassword: random("", 8),
  replicateToken: random("r8_sandbox_"),
  webhookSecret: secret(() => `whsec_${randomBytes(32).toString("base64")}`),
  cronSecret: random(""),
});
export type Secrets = z.infer<typeof Secrets>;

/** Returns the secrets of this sandbox. The first start generates them, and saves them in a file that only its owner can read. */
export function loadSecrets(dir: string): Secrets {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, "secrets.json");
  const secrets = Secrets.parse(existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {});
  replaceFile(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startProcess, type Process } from "./process";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Settings that may be in a developer's shell or .env files. The tests unset them. Otherwise, the tests would use real
 * services.
 */
const SETTINGS = [
  "NEXT_PUBLIC_SUPABASE_URL",
  "NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY",
  "SUPABASE_SECRET_KEY",
  "SUPABASE_URL",
  "NEXT_PUBLIC_SUPABASE_ANON_KEY",
  "SUPABASE_SERVICE_ROLE_KEY",
  "REPLICATE_API_BASE_URL",
  "REPLICATE_API_TOKEN",
  "REPLICATE_MODEL_VERSION",
  "REPLICATE_DELIVERY_ORIGINS",
  "REPLICATE_WEBHOOK_SIGNING_SECRET",
  "APP_URL",
  "CRON_SECRET",
  "ADMIN_EMAILS",
  "ADMIN_MFA",
  "SHARING",
  "OPERATOR_EMAIL",
  "DEMO_EMAIL",
  "DEMO_PASSWORD",
  "DAILY_IMAGES_PER_USER",
  "DAILY_IMAGES_PER_NEW_USER",
  "DAILY_IMAGES_TOTAL",
  "DAILY_USD_PER_USER",
  "DAILY_USD_TOTAL",
  "UNKNOWN_RUN_USD",
  "MAX_IN_FLIGHT_PER_USER",
  "MAX_FILES_PER_PREDICTION",
  "MAX_FILE_MB",
  "CREATES_PER_MINUTE_PER_USER",
  "READS_PER_SECOND_PER_USER",
  "LOGINS_PER_MINUTE_PER_ADDRESS",
  "STORAGE_GB_PER_USER",
  "STORAGE_GB_TOTAL",
  "DELETE_ACCOUNT_AFTER_DAYS",
  "TRUSTED_PROXIES",
  "ALLOWED_MODELS",
  "LOCAL_WEBHOOK_ORIGINS",
  "SANDBOX_SUPABASE_PORT",
  "SANDBOX_REPLICATE_PORT",
  "SANDBOX_DATABASE_URL",
  "SANDBOX_MAIL_URL",
  "SANDBOX_SMTP_URL",
  "SANDBOX_CONFIRM",
  "SANDBOX_MAIL_PAUSE",
  "SANDBOX_CAPTCHA_TOKEN",
  "SANDBOX_OAUTH_ISSUER",
  "SANDBOX_OAUTH_CLIENT_ID",
  "SANDBOX_OAUTH_CLIENT_SECRET",
  "SANDBOX_OAUTH_PROVIDERS",
  "NODE_ENV",
];

export type Env = Record<string, string | undefined>;

export function cleanEnv(env: Env): Env {
  return { ...Object.fromEntries(SETTINGS.map((name) => [name, undefined])), SANDBOX: "1", ...env };
}

/** Runs `node sandbox/start.ts`, waits until it is ready, and returns the settings that it gives to the app. */
export async function startServices(env: Env): Promise<{ process: Process; env: Record<string, string> }> {
  const process = startProcess(join(root, "sandbox/start.ts"), [], cleanEnv(env));
  const given = await new Promise<Record<string, string>>((resolve, reject) => {
    process.child.once("message", (message: { env: Record<string, string> }) => resolve(message.env));
    void process.ended.then(() => reject(new Error(`The services did not start.\n${process.output()}`)));
  });
  return { process, env: given };
}

/**
 * Runs Next on this port, and waits until it responds and has printed that it is ready, because another server on the port would
 * respond too. Throws if Next does not start.
 */
export async function startNext(args: string[], port: number, env: Env): Promise<Process> {
  const process = startProcess(join(root, "node_modules/next/dist/bin/next"), args, {
    ...cleanEnv(env),
    PORT: String(port),
    // Stops Next from reading the developer's .env files.
    __NEXT_PROCESSED_ENV: "true",
  });
  let hasEnded = false;
  void process.ended.then(() => {
    hasEnded = true;
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/api/health`).then(
      (response) => response.status < 500,
      () => false,
    );
  let isListening = false;
  const isReady = async () => (isListening ||= process.output().includes("Ready in")) && (await answers());
  for (const deadline = Date.now() + 60_000; !(await isReady());) {
    if (hasEnded || Date.now() > deadline) {
      await process.kill("SIGKILL");
      throw new Error(`The app did not start.\n${process.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return process;
}

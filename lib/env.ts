import "server-only";
import { z } from "zod";

const optional = z
  .string()
  .optional()
  .transform((value) => value || null);
const url = z
  .url({ protocol: /^https?$/, error: "must be an http(s) URL" })
  .transform((value) => value.replace(/\/+$/, ""));
const count = (fallback: number) =>
  z
    .string()
    .optional()
    .transform((value) => Number(value || fallback))
    .pipe(z.int("must be a whole number, 1 or more").min(1));
const hops = z
  .string()
  .optional()
  .transform((value) => Number(value || 0))
  .pipe(z.int("must be a whole number, 0 or more").min(0, "must be a whole number, 0 or more"));
const origins = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

const Settings = z.object({
  NEXT_PUBLIC_SUPABASE_URL: url,
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_SECRET_KEY: z.string().min(1),
  REPLICATE_API_TOKEN: z.string().min(1),
  REPLICATE_API_BASE_URL: z
    .string()
    .optional()
    .transform((value) => value || "https://api.replicate.com/v1")
    .pipe(url),
  REPLICATE_DELIVERY_ORIGINS: z
    .string()
    .optional()
    .transform((value) => value || "https://replicate.delivery https://*.replicate.delivery")
    .pipe(origins),
  REPLICATE_MODEL_VERSION: z
    .string()
    .optional()
    .transform((value) => value || "stability-ai/sdxl:7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc")
    // A bare version, as older guides show it, can only mean SDXL here.
    .transform((value) => (/^[0-9a-f]{64}$/.test(value) ? `stability-ai/sdxl:${value}` : value))
    .pipe(z.string().regex(/^[\w.-]+\/[\w.-]+(:[0-9a-f]{64})?$/, "must be owner/name or owner/name:version")),
  REPLICATE_WEBHOOK_SIGNING_SECRET: z
    .string()
    .optional()
    .transform((value) => (value ?? "").split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().startsWith("whsec_", "must begin with whsec_"))),
  APP_URL: z
    .string()
    .optional()
    .transform((value) => value || null)
    .pipe(url.nullable()),
  CRON_SECRET: optional,
  DAILY_IMAGES_PER_USER: count(200),
  DAILY_IMAGES_PER_NEW_USER: count(20),
  DAILY_IMAGES_TOTAL: z
    .string()
    .optional()
    .transform((value) => (value ? Number(value) : null))
    .pipe(z.int("must be a whole number, 1 or more").min(1).nullable()),
  MAX_IN_FLIGHT_PER_USER: count(20),
  CREATES_PER_MINUTE_PER_USER: count(30),
  READS_PER_SECOND_PER_USER: count(45),
  LOGINS_PER_MINUTE_PER_ADDRESS: count(30),
  TRUSTED_PROXIES: hops,
  ALLOWED_MODELS: z
    .string()
    .optional()
    .transform((value) => (value ?? "").split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().regex(/^(\*|[\w.-]+\/[\w.-]+)$/, "must be a list of owner/name, or *"))),
  DEMO_EMAIL: optional,
  DEMO_PASSWORD: optional,
  NODE_ENV: z.string().optional(),
});

/** What the application is told from outside, checked once; nothing else reads the environment. */
export type Env = ReturnType<typeof readEnv>;

/**
 * Reads the settings. Throws one error that names every missing, wrong or unsafe setting.
 * In production it refuses keys of the local stand-ins unless the app itself is only local, a public URL without
 * https, and a public URL without the secret that webhooks are signed with.
 */
export function readEnv(source: Record<string, string | undefined>) {
  const parsed = Settings.safeParse(source);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return source[name] ? `${name} ${issue.message}` : `${name} is missing`;
    });
    throw new SettingsError(problems);
  }
  const settings = parsed.data;
  const isSandbox = isLoopback(settings.REPLICATE_API_BASE_URL);
  if (settings.NODE_ENV === "production") {
    const problems = unsafeInProduction(settings, isSandbox);
    if (problems.length > 0) throw new SettingsError(problems);
  }

  return {
    supabaseUrl: settings.NEXT_PUBLIC_SUPABASE_URL,
    supabasePublishableKey: settings.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    supabaseSecretKey: settings.SUPABASE_SECRET_KEY,
    replicateToken: settings.REPLICATE_API_TOKEN,
    replicateBaseUrl: settings.REPLICATE_API_BASE_URL,
    deliveryOrigins: settings.REPLICATE_DELIVERY_ORIGINS,
    defaultModel: settings.REPLICATE_MODEL_VERSION,
    webhookSecrets: settings.REPLICATE_WEBHOOK_SIGNING_SECRET,
    /** Where Replicate calls back; null: predictions are followed by asking. */
    webhookUrl:
      settings.APP_URL && settings.REPLICATE_WEBHOOK_SIGNING_SECRET.length > 0
        ? `${settings.APP_URL}/api/replicate/webhook`
        : null,
    appUrl: settings.APP_URL,
    cronSecret: settings.CRON_SECRET,
    dailyImagesPerUser: settings.DAILY_IMAGES_PER_USER,
    /** Of an account that is younger than a day. */
    dailyImagesPerNewUser: Math.min(settings.DAILY_IMAGES_PER_USER, settings.DAILY_IMAGES_PER_NEW_USER),
    dailyImagesTotal: settings.DAILY_IMAGES_TOTAL,
    maxInFlightPerUser: settings.MAX_IN_FLIGHT_PER_USER,
    createsPerMinute: settings.CREATES_PER_MINUTE_PER_USER,
    readsPerSecond: settings.READS_PER_SECOND_PER_USER,
    loginsPerMinute: settings.LOGINS_PER_MINUTE_PER_ADDRESS,
    /** How many proxies of our own stand between a client and this server; each adds an entry to X-Forwarded-For. */
    trustedProxies: settings.TRUSTED_PROXIES,
    /** What may be run besides the default model: names, `*` for any; empty: the catalogue. */
    allowedModels: settings.ALLOWED_MODELS,
    demo:
      settings.DEMO_EMAIL && settings.DEMO_PASSWORD
        ? { email: settings.DEMO_EMAIL, password: settings.DEMO_PASSWORD }
        : null,
    /** Replicate is stood in for on this machine. */
    isSandbox,
    isProduction: settings.NODE_ENV === "production",
  };
}

class SettingsError extends Error {
  override name = "SettingsError";
  constructor(problems: string[]) {
    super(
      `Darkroom cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}\nSee .env.example for what each setting does.`,
    );
  }
}

function unsafeInProduction(settings: z.infer<typeof Settings>, isSandbox: boolean): string[] {
  const problems: string[] = [];
  const isPublic = !settings.APP_URL || !isLoopback(settings.APP_URL);
  if (isPublic && (isSandbox || settings.REPLICATE_API_TOKEN.startsWith("r8_sandbox_"))) {
    problems.push("the sandbox's URLs and keys work only with an APP_URL on this machine; set real keys");
  }
  if (settings.APP_URL && isPublic) {
    if (!settings.APP_URL.startsWith("https:")) problems.push("APP_URL must be https where others can reach it");
    if (settings.REPLICATE_WEBHOOK_SIGNING_SECRET.length === 0) {
      problems.push("REPLICATE_WEBHOOK_SIGNING_SECRET is missing, and APP_URL asks for webhooks");
    }
  }
  return problems;
}

function isLoopback(address: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname);
}

let read: Env | undefined;

/** The settings of this process, read on first use, so that a build needs none. */
// oxlint-disable-next-line typescript/no-unsafe-assignment -- the object behind it is never looked at
export const env: Env = new Proxy(Object.create(null), {
  get: (_, name: keyof Env) => (read ??= readEnv(process.env))[name],
});

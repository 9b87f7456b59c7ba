// The sandbox loads this file too, without a bundler. So this file must not import `server-only`, or anything through `@/`.
import { z } from "zod";
import { type AuthProvider, findAuthProvider } from "./auth-providers.ts";
import { productName } from "./config.ts";
import { defaultLimits } from "./limits/default-limits.ts";
import { isLoopback, isPrivateHost } from "./security/private-host.ts";

type Source = Record<string, string | undefined>;

/**
 * The second names of some settings. Hosting integrations and older instructions use them. The keys are the standard names, and
 * the values are the second names.
 */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ["NEXT_PUBLIC_SUPABASE_URL", "SUPABASE_URL"],
  ["NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY", "NEXT_PUBLIC_SUPABASE_ANON_KEY"],
  ["SUPABASE_SECRET_KEY", "SUPABASE_SERVICE_ROLE_KEY"],
]);

/**
 * Returns the trimmed value of a setting, and the name under which the value was found. Null if the setting is unset or empty.
 */
function findSetting(source: Source, name: string): { name: string; value: string } | null {
  for (const candidate of [name, OTHER_NAMES.get(name) ?? name]) {
    const value = source[candidate]?.trim();
    if (value) return { name: candidate, value };
  }
  return null;
}

/** Returns all settings, trimmed. A setting that was found under its second name is also returned under its standard name. */
export function tidySettings(source: Source): Source {
  const names = [...Object.keys(source), ...OTHER_NAMES.keys()];
  return Object.fromEntries(names.map((name) => [name, findSetting(source, name)?.value]));
}

const text = z.string();
const url = z
  .url({ protocol: /^https?$/, error: "must be an http(s) URL" })
  .transform((value) => value.replace(/\/+$/, ""));
const email = z.email("must contain only e-mail addresses").transform((value) => value.toLowerCase());
const list = text.transform((value) => value.split(/[\s,]+/).filter(Boolean));
const providers = list.transform((names, context): AuthProvider[] => {
  const found = names.flatMap((name) => findAuthProvider(name.toLowerCase()) ?? []);
  if (found.length < names.length)
    context.addIssue("must contain only names of Supabase's sign-in providers, such as google and github");
  return found;
});

function wholeNumber(least: number) {
  const error = `must be a whole number, ${least} or more`;
  return z.coerce.number({ error }).int({ error }).min(least, { error });
}

function amount() {
  const error = "must be a number, 0 or more";
  return z.coerce.number({ error }).min(0, { error });
}

/** The settings. `.env.example` explains them. An empty setting counts as unset. */
const Settings = z.object({
  NEXT_PUBLIC_SUPABASE_URL: url,
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: text,
  SUPABASE_SECRET_KEY: text,
  REPLICATE_API_TOKEN: text,
  REPLICATE_API_BASE_URL: url.default("https://api.replicate.com/v1"),
  REPLICATE_DELIVERY_ORIGINS: list.default(["https://replicate.delivery", "https://*.replicate.delivery"]),
  REPLICATE_MODEL_VERSION: text
    .default("stability-ai/sdxl:7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc")
    // Older instructions use only the id of a version of SDXL. The name of the model is added to such an id.
    .transform((value) => (/^[0-9a-f]{64}$/.test(value) ? `stability-ai/sdxl:${value}` : value))
    .pipe(text.regex(/^[\w.-]+\/[\w.-]+(:[0-9a-f]{64})?$/, "must be owner/name or owner/name:version")),
  REPLICATE_WEBHOOK_SIGNING_SECRET: list.pipe(z.array(text.startsWith("whsec_", "must begin with whsec_"))).default([]),
  APP_URL: url.nullable().default(null),
  CRON_SECRET: text.nullable().default(null),
  URL_SIGNING_KEY: list
    .pipe(z.array(text.min(32, "must have at least 32 characters, or be a list of such keys")))
    .default([]),
  DAILY_IMAGES_PER_USER: wholeNumber(1).default(defaultLimits.DAILY_IMAGES_PER_USER),
  DAILY_IMAGES_PER_NEW_USER: wholeNumber(1).default(defaultLimits.DAILY_IMAGES_PER_NEW_USER),
  DAILY_IMAGES_TOTAL: wholeNumber(1).nullable().default(null),
  DAILY_USD_PER_USER: amount().default(defaultLimits.DAILY_USD_PER_USER),
  DAILY_USD_TOTAL: amount().nullable().default(null),
  UNKNOWN_RUN_USD: amount().default(defaultLimits.UNKNOWN_RUN_USD),
  MAX_IN_FLIGHT_PER_USER: wholeNumber(1).default(defaultLimits.MAX_IN_FLIGHT_PER_USER),
  MAX_FILES_PER_PREDICTION: wholeNumber(1).default(defaultLimits.MAX_FILES_PER_PREDICTION),
  // A larger file does not fit into our ZIP archives, in which each file must have less than 4 GB.
  MAX_FILE_MB: wholeNumber(1).max(4000, "must be at most 4000").default(defaultLimits.MAX_FILE_MB),
  CREATES_PER_MINUTE_PER_USER: wholeNumber(1).default(defaultLimits.CREATES_PER_MINUTE_PER_USER),
  READS_PER_SECOND_PER_USER: wholeNumber(1).default(defaultLimits.READS_PER_SECOND_PER_USER),
  LOGINS_PER_MINUTE_PER_ADDRESS: wholeNumber(1).default(defaultLimits.LOGINS_PER_MINUTE_PER_ADDRESS),
  STORAGE_GB_PER_USER: amount().default(defaultLimits.STORAGE_GB_PER_USER),
  STORAGE_GB_TOTAL: amount().nullable().default(null),
  DELETE_ACCOUNT_AFTER_DAYS: wholeNumber(0).default(0),
  TRUSTED_PROXIES: wholeNumber(0).default(0),
  ALLOWED_MODELS: list
    .pipe(z.array(text.regex(/^(\*|featured|[\w.-]+\/[\w.-]+)$/, "must be a list of owner/name, featured, or *")))
    .default([]),
  ADMIN_EMAILS: list.pipe(z.array(email)).default([]),
  ADMIN_MFA: z
    .enum(["0", "1"], "must be 1 or 0")
    .default("0")
    .transform((value) => value === "1"),
  SHARING: z
    .enum(["on", "off"], "must be on or off")
    .default("on")
    .transform((value) => value === "on"),
  OPERATOR_EMAIL: email.nullable().default(null),
  SIGN_UP: z.enum(["open", "invite", "closed"], "must be open, invite or closed").default("open"),
  AUTH_PROVIDERS: providers.default([]),
  CAPTCHA_SITE_KEY: text.nullable().default(null),
  CAPTCHA_PROVIDER: z.enum(["turnstile", "hcaptcha"], "must be turnstile or hcaptcha").default("turnstile"),
  DEMO_EMAIL: text.nullable().default(null),
  // The URL of the page that shows the e-mails of the sandbox. Only the sandbox sets this variable.
  SANDBOX_MAIL_URL: url.nullable().default(null),
  DEMO_PASSWORD: text.nullable().default(null),
  LOCAL_WEBHOOK_ORIGINS: list
    .pipe(z.array(url.refine(isLoopback, "must contain only URLs of this machine")))
    .default([]),
  NODE_ENV: text.optional(),
});
type Settings = z.infer<typeof Settings>;

/**
 * Checks the settings. Throws one error that names every missing, invalid or unsafe setting. The error contains no values,
 * because they may be secret. In production, unless APP_URL is on this machine: an APP_URL must use https and needs a webhook
 * secret, the sandbox's URLs and keys are refused, and the demo account must not be an administrator. LOCAL_WEBHOOK_ORIGINS
 * always needs an APP_URL on this machine.
 */
export function readEnv(source: Source) {
  const settings = parseSettings(source);
  const isSandbox = isLoopback(settings.REPLICATE_API_BASE_URL);
  const isProduction = settings.NODE_ENV === "production";
  const unsafe = isProduction ? unsafeInProduction(settings, isSandbox) : [];
  if (settings.LOCAL_WEBHOOK_ORIGINS.length > 0 && !isLoopback(settings.APP_URL ?? "")) {
    unsafe.push("LOCAL_WEBHOOK_ORIGINS needs an APP_URL on this machine");
  }
  if (unsafe.length > 0) throw settingsError(unsafe);
  const { APP_URL, DEMO_EMAIL: demoEmail, DEMO_PASSWORD: password, CAPTCHA_SITE_KEY: siteKey } = settings;
  const canCallBack = APP_URL !== null && settings.REPLICATE_WEBHOOK_SIGNING_SECRET.length > 0;
  return {
    ...settings,
    DAILY_IMAGES_PER_NEW_USER: Math.min(settings.DAILY_IMAGES_PER_USER, settings.DAILY_IMAGES_PER_NEW_USER),
    /** The URL to which Replicate sends webhooks. If it is null, predictions are polled instead. */
    webhookUrl: canCallBack ? `${APP_URL}/api/replicate/webhook` : null,
    demo: demoEmail && password ? { email: demoEmail, password } : null,
    captcha: siteKey === null ? null : { provider: settings.CAPTCHA_PROVIDER, siteKey },
    /** Whether the local sandbox replaces Replicate. */
    isSandbox,
    /**
     * Whether Replicate can read files from our storage. If not, copies of input files are sent to Replicate instead of their
     * URLs.
     */
    isStorageReachable: isSandbox || !isPrivateHost(settings.NEXT_PUBLIC_SUPABASE_URL),
    isProduction,
  };
}

function parseSettings(source: Source): Settings {
  const found = Object.keys(Settings.shape).map((name) => ({ as: name, ...findSetting(source, name) }));
  // Docker's --env-file does not remove quotes, and a key with quotes is invalid. So a value in quotes is refused.
  const quoted = found.filter(({ value }) => value && /^["']|["']$/.test(value));
  const parsed = Settings.safeParse(Object.fromEntries(found.map(({ as, value }) => [as, value])));
  const issues = (parsed.error?.issues ?? []).flatMap(({ path: [name], message }) => {
    const setting = found.find(({ as }) => as === name);
    if (!setting || quoted.includes(setting)) return [];
    return `${setting.name ?? setting.as} ${setting.value ? message : "is missing"}`;
  });
  const problems = [...quoted.map(({ name }) => `${name} has quotes around its value: remove them`), ...issues];
  if (!parsed.success || problems.length > 0) throw settingsError(problems);
  return parsed.data;
}

function settingsError(problems: string[]): Error {
  const lines = problems.map((problem) => `  - ${problem}`).join("\n");
  return new Error(`${productName} cannot start:\n${lines}\nSee .env.example for what each setting does.`);
}

function unsafeInProduction(settings: Settings, isSandbox: boolean): string[] {
  const problems: string[] = [];
  const isPublic = !settings.APP_URL || !isLoopback(settings.APP_URL);
  if (isPublic && (isSandbox || settings.REPLICATE_API_TOKEN.startsWith("r8_sandbox_"))) {
    problems.push("the sandbox's URLs and keys work only with an APP_URL on this machine; set real keys");
  }
  if (isPublic && settings.DEMO_EMAIL && settings.ADMIN_EMAILS.includes(settings.DEMO_EMAIL.toLowerCase())) {
    problems.push("ADMIN_EMAILS names the demo account, which everyone can use");
  }
  if (settings.APP_URL && isPublic) {
    if (!settings.APP_URL.startsWith("https:")) problems.push("a public APP_URL must use https");
    if (settings.REPLICATE_WEBHOOK_SIGNING_SECRET.length === 0) {
      problems.push("REPLICATE_WEBHOOK_SIGNING_SECRET is missing, but a public APP_URL needs it for webhooks");
    }
  }
  return problems;
}

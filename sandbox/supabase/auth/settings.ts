import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "smol-toml";
import { z } from "zod";

/** Parses a duration such as "24h" or "1m30s" into ms. */
const Duration = z.string().transform((text) => parseDuration(text));
const Template = z.object({ subject: z.string(), content_path: z.string() });

const Config = z.object({
  auth: z.object({
    additional_redirect_urls: z.array(z.string()).default([]),
    jwt_expiry: z.number().default(3600),
    enable_refresh_token_rotation: z.boolean().default(true),
    refresh_token_reuse_interval: z.number().default(10),
    enable_signup: z.boolean().default(true),
    enable_manual_linking: z.boolean().default(false),
    minimum_password_length: z.number().default(6),
    sessions: z
      .object({ timebox: Duration.optional(), inactivity_timeout: Duration.optional() })
      .default({ timebox: undefined, inactivity_timeout: undefined }),
    mfa: z.object({ max_enrolled_factors: z.number().default(10) }).default({ max_enrolled_factors: 10 }),
    email: z.object({
      double_confirm_changes: z.boolean().default(true),
      secure_password_change: z.boolean().default(false),
      max_frequency: Duration.default(60_000),
      otp_length: z.number().default(6),
      otp_expiry: z.number().default(3600),
      template: z.record(z.string(), Template).default({}),
    }),
  }),
});
type RenderedMail = { subject: string; html: string };

/** Parses a duration in Go's format, such as "1h30m". Returns ms. Throws if the text is not a duration. */
export function parseDuration(text: string): number {
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  const unknown = /\d([a-zµ]+)/g;
  for (const [, unit = ""] of text.matchAll(unknown)) {
    if (!(unit in units)) throw new Error(`time: unknown unit "${unit}" in duration "${text}"`);
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  if (text === "" || parts.map(([part]) => part).join("") !== text) throw new Error(`time: invalid duration "${text}"`);
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0), 0);
}

/**
 * Reads the settings of sign-in from supabase/config.toml and, for a few of them, from the environment. If these variables are
 * not set, a new account needs no confirmation by e-mail, and there is no pause between two e-mails.
 */
export function readAuthSettings(configPath: string, env: Record<string, string | undefined>) {
  const { auth } = Config.parse(parse(readFileSync(configPath, "utf8")));
  const root = dirname(dirname(configPath));
  const templates = new Map<string, RenderedMail>(
    Object.entries(auth.email.template).map(([name, { subject, content_path }]) => {
      return [name, { subject, html: readFileSync(join(root, content_path), "utf8") }];
    }),
  );
  return {
    redirectUrls: auth.additional_redirect_urls,
    tokenSeconds: auth.jwt_expiry,
    rotatesTokens: auth.enable_refresh_token_rotation,
    reuseSeconds: auth.refresh_token_reuse_interval,
    allowsSignUp: auth.enable_signup,
    allowsLinking: auth.enable_manual_linking,
    passwordLength: auth.minimum_password_length,
    sessions: auth.sessions,
    maxFactors: auth.mfa.max_enrolled_factors,
    confirmsBothAddresses: auth.email.double_confirm_changes,
    /** Whether a session that is older than a day needs a code from an e-mail before it can set a new password. */
    asksBeforeNewPassword: auth.email.secure_password_change,
    codeLength: auth.email.otp_length,
    codeSeconds: auth.email.otp_expiry,
    templates,
    /** Whether a new account is signed in immediately, without a confirmation of its address. */
    confirmsAtOnce: env.SANDBOX_CONFIRM !== "1",
    /** The pause between two e-mails of the same kind to the same user (ms). */
    mailPause: env.SANDBOX_MAIL_PAUSE === "1" ? auth.email.max_frequency : 0,
    /** The token of a solved CAPTCHA. If it is empty, no CAPTCHA is needed. */
    captchaToken: env.SANDBOX_CAPTCHA_TOKEN ?? "",
    oauth: {
      issuer: env.SANDBOX_OAUTH_ISSUER ?? "",
      clientId: env.SANDBOX_OAUTH_CLIENT_ID || "darkroom",
      clientSecret: env.SANDBOX_OAUTH_CLIENT_SECRET || "darkroom-secret",
      providers: (env.SANDBOX_OAUTH_PROVIDERS || "google,github").split(",").map((name) => name.trim()),
    },
  };
}
export type AuthSettings = ReturnType<typeof readAuthSettings>;

const value = (name: string) => `planted-${name}-8d1f0c3ba57e4c6f9e2d`;

/**
 * What every secret setting holds while the build is made that is tested: none of it may be found in what was made.
 * A build needs no secrets, and the app reads its own when it starts.
 */
export const planted: Record<string, string> = {
  SUPABASE_SECRET_KEY: value("supabase"),
  REPLICATE_API_TOKEN: value("replicate"),
  REPLICATE_WEBHOOK_SIGNING_SECRET: `whsec_${value("webhook")}`,
  CRON_SECRET: value("cron"),
  DEMO_PASSWORD: value("demo"),
  SANDBOX_DATABASE_URL: `postgres://${value("postgres")}@localhost/postgres`,
};

/** Lies beside a build that was made so. */
export const PLANTED = ".next/planted";

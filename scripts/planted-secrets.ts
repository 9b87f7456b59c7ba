const value = (name: string) => `planted-${name}-8d1f0c3ba57e4c6f9e2d`;

/**
 * Fake values for all secrets, set while the app is built for the tests. None of them may occur in the build. A build needs no
 * secrets, because the app reads them when it starts.
 */
export const planted: Record<string, string> = {
  SUPABASE_SECRET_KEY: value("supabase"),
  REPLICATE_API_TOKEN: value("replicate"),
  REPLICATE_WEBHOOK_SIGNING_SECRET: `whsec_${value("webhook")}`,
  CRON_SECRET: value("cron"),
  DEMO_PASSWORD: value("demo"),
  SANDBOX_DATABASE_URL: `postgres://${value("postgres")}@localhost/postgres`,
};

/** A file that marks a build as made with these secrets. */
export const PLANTED = ".next/planted";

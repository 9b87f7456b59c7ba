const value = (name: string) => `planted-${name}-8d1f0c3ba57e4c6f9e2d`;

/**
 * Fake values for all secrets. These values are set while the app is built for the tests, and a test checks that the build
 * contains none of them. A real build needs no secrets, because the app reads them when it starts.
 */
export const planted: Record<string, string> = {
  SUPABASE_SECRET_KEY: value("supabase"),
  REPLICATE_API_TOKEN: value("replicate"),
  REPLICATE_WEBHOOK_SIGNING_SECRET: `whsec_${value("webhook")}`,
  CRON_SECRET: value("cron"),
  DEMO_PASSWORD: value("demo"),
  SANDBOX_DATABASE_URL: `postgres://${value("postgres")}@localhost/postgres`,
};

/** If this file exists, the build in .next was made with these fake secrets. */
export const PLANTED = ".next/planted";

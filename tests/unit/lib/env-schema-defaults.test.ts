import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readEnv } from "@/lib/env-schema";

const NEEDED = {
  NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1",
  SUPABASE_SECRET_KEY: "sb_secret_1",
  REPLICATE_API_TOKEN: "r8_token",
};
const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";
const read = (settings: Record<string, string | undefined> = {}) => readEnv({ ...NEEDED, ...settings });

describe("settings that are left out, or empty", () => {
  const optional = Object.keys(exampleSettings()).filter((name) => !(name in NEEDED));
  const empty = Object.fromEntries(optional.map((name) => [name, ""]));

  test.each([
    ["left out", {}],
    ["empty", empty],
  ])("have their defaults when %s", (_, settings) => {
    expect(read(settings)).toMatchObject({
      NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1",
      SUPABASE_SECRET_KEY: "sb_secret_1",
      REPLICATE_API_TOKEN: "r8_token",
      REPLICATE_API_BASE_URL: "https://api.replicate.com/v1",
      REPLICATE_DELIVERY_ORIGINS: ["https://replicate.delivery", "https://*.replicate.delivery"],
      REPLICATE_MODEL_VERSION: `stability-ai/sdxl:${SDXL}`,
      REPLICATE_WEBHOOK_SIGNING_SECRET: [],
      webhookUrl: null,
      APP_URL: null,
      CRON_SECRET: null,
      DAILY_IMAGES_PER_USER: 200,
      DAILY_IMAGES_PER_NEW_USER: 20,
      DAILY_IMAGES_TOTAL: null,
      DAILY_USD_PER_USER: 5,
      DAILY_USD_TOTAL: null,
      UNKNOWN_RUN_USD: 0.1,
      MAX_IN_FLIGHT_PER_USER: 20,
      MAX_FILES_PER_PREDICTION: 50,
      MAX_FILE_MB: 50,
      CREATES_PER_MINUTE_PER_USER: 30,
      READS_PER_SECOND_PER_USER: 45,
      LOGINS_PER_MINUTE_PER_ADDRESS: 30,
      STORAGE_GB_PER_USER: 5,
      STORAGE_GB_TOTAL: null,
      TRUSTED_PROXIES: 0,
      ALLOWED_MODELS: [],
      ADMIN_EMAILS: [],
      ADMIN_MFA: false,
      SHARING: true,
      OPERATOR_EMAIL: null,
      DEMO_EMAIL: null,
      DEMO_PASSWORD: null,
      demo: null,
      isSandbox: false,
      isStorageReachable: true,
      isProduction: false,
    });
  });
});

/** The names and values of .env.example. */
function exampleSettings(): Record<string, string> {
  const lines = readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
}

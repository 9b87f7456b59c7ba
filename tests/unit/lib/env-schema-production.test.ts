import { describe, expect, test } from "vitest";
import { readEnv } from "@/lib/env-schema";

const REAL = {
  NODE_ENV: "production",
  NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1",
  SUPABASE_SECRET_KEY: "sb_secret_1",
  REPLICATE_API_TOKEN: "r8_token",
};
const SECRET = { REPLICATE_WEBHOOK_SIGNING_SECRET: "whsec_c2FuZGJveA==" };
const SANDBOX = { REPLICATE_API_BASE_URL: "http://127.0.0.1:4010/v1", REPLICATE_API_TOKEN: "r8_sandbox_1" };

const start = (settings: Record<string, string | undefined>) => readEnv({ ...REAL, ...settings });

describe("a server in production starts", () => {
  test.each([
    ["without a public URL", {}],
    ["with a public URL and a webhook secret", { APP_URL: "https://darkroom.example", ...SECRET }],
    ["on the sandbox, on this machine only", { ...SANDBOX, ...SECRET, APP_URL: "http://localhost:3000" }],
    ["on this machine without https and without webhooks", { APP_URL: "http://127.0.0.1:3000" }],
  ])("%s", (_, settings) => {
    expect(start(settings).isProduction).toBe(true);
  });
});

describe("a server in production refuses to start", () => {
  test.each([
    ["on the sandbox, where others may reach it", SANDBOX, "the sandbox's URLs and keys"],
    ["with a Replicate of this machine", { REPLICATE_API_BASE_URL: SANDBOX.REPLICATE_API_BASE_URL }, "the sandbox's"],
    ["with the sandbox's token", { REPLICATE_API_TOKEN: "r8_sandbox_1" }, "the sandbox's URLs and keys"],
    [
      "on the sandbox under a name that only looks like this machine's",
      { ...SANDBOX, ...SECRET, APP_URL: "https://localhost.example" },
      "the sandbox's URLs and keys",
    ],
    [
      "with a public URL that is not https",
      { APP_URL: "http://darkroom.example", ...SECRET },
      "APP_URL must use https",
    ],
    [
      "with a public URL but no webhook secret",
      { APP_URL: "https://darkroom.example" },
      "REPLICATE_WEBHOOK_SIGNING_SECRET is missing",
    ],
  ])("%s", (_, settings, message) => {
    expect(() => start(settings)).toThrow(message);
    expect(() => start({ ...settings, NODE_ENV: "development" })).not.toThrow();
  });

  test.each([{}, { APP_URL: "https://darkroom.example", ...SECRET }])(
    "with receivers of webhooks on this machine, unless APP_URL is on it too (%o)",
    (settings) => {
      const receivers = { LOCAL_WEBHOOK_ORIGINS: "http://127.0.0.1:4999" };
      const message = "LOCAL_WEBHOOK_ORIGINS needs an APP_URL on this machine";
      expect(() => start({ ...settings, ...receivers })).toThrow(message);
      expect(() => start({ ...settings, ...receivers, NODE_ENV: "development" })).toThrow(message);
      expect(() => start({ ...receivers, APP_URL: "http://localhost:3000" })).not.toThrow();
    },
  );

  test("and names all unsafe settings at once", () => {
    expect(() => start({ ...SANDBOX, APP_URL: "http://darkroom.example" })).toThrow(
      /sandbox's.*\n.*must use https.*\n.*SIGNING_SECRET is missing/,
    );
  });
});

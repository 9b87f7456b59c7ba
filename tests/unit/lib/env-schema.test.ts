import { describe, expect, test } from "vitest";
import { readEnv } from "@/lib/env-schema";

const NEEDED = {
  NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1",
  SUPABASE_SECRET_KEY: "sb_secret_1",
  REPLICATE_API_TOKEN: "r8_token",
};
const SECRET = "whsec_c2FuZGJveA==";
const SDXL = "7762fd07cf82c948538e41f63f77d685e02b063e37e496e96eefd46c929f9bdc";

const read = (settings: Record<string, string | undefined> = {}) => readEnv({ ...NEEDED, ...settings });

/** Returns the lines of the error, or an empty list if the settings are valid. */
function problems(settings: Record<string, string | undefined>): string[] {
  try {
    readEnv(settings);
    return [];
  } catch (error) {
    return [...String(error).matchAll(/^ {2}- (.*)$/gm)].map(([, line]) => line ?? "");
  }
}

describe("settings that are missing or wrong", () => {
  test("are named all at once", () => {
    expect(problems({})).toEqual(Object.keys(NEEDED).map((name) => `${name} is missing`));
    expect(() => readEnv({})).toThrow("See .env.example");
  });

  test("count as missing when they are empty, as in .env.example", () => {
    expect(problems({ ...NEEDED, SUPABASE_SECRET_KEY: "" })).toEqual(["SUPABASE_SECRET_KEY is missing"]);
  });

  test.each([
    ["NEXT_PUBLIC_SUPABASE_URL", "project.supabase.co", "must be an http(s) URL"],
    ["NEXT_PUBLIC_SUPABASE_URL", "ftp://project.supabase.co", "must be an http(s) URL"],
    ["REPLICATE_API_BASE_URL", "replicate", "must be an http(s) URL"],
    ["APP_URL", "darkroom.example", "must be an http(s) URL"],
    ["REPLICATE_MODEL_VERSION", "sdxl", "must be owner/name or owner/name:version"],
    ["REPLICATE_MODEL_VERSION", "a/b:1234", "must be owner/name or owner/name:version"],
    ["REPLICATE_WEBHOOK_SIGNING_SECRET", `${SECRET} wh_hunter2`, "must begin with whsec_"],
    ["DAILY_IMAGES_PER_USER", "many", "must be a whole number, 1 or more"],
    ["DAILY_IMAGES_TOTAL", "1.5", "must be a whole number, 1 or more"],
    ["MAX_IN_FLIGHT_PER_USER", "1e999", "must be a whole number, 1 or more"],
    ["DAILY_IMAGES_TOTAL", "0", "must be a whole number, 1 or more"],
    ["MAX_IN_FLIGHT_PER_USER", "-1", "must be a whole number, 1 or more"],
    ["CREATES_PER_MINUTE_PER_USER", "0", "must be a whole number, 1 or more"],
    ["DAILY_USD_PER_USER", "$5", "must be a number, 0 or more"],
    ["STORAGE_GB_PER_USER", "5 GB", "must be a number, 0 or more"],
    ["STORAGE_GB_TOTAL", "-1", "must be a number, 0 or more"],
    ["STORAGE_GB_TOTAL", "1e999", "must be a number, 0 or more"],
    ["TRUSTED_PROXIES", "-1", "must be a whole number, 0 or more"],
    ["TRUSTED_PROXIES", "0.5", "must be a whole number, 0 or more"],
    ["ALLOWED_MODELS", "sdxl", "must be a list of owner/name, featured, or *"],
    ["LOCAL_WEBHOOK_ORIGINS", "https://example.com", "must contain only URLs of this machine"],
    ["ALLOWED_MODELS", "a/*", "must be a list of owner/name, featured, or *"],
  ])("%s=%s is refused with its name", (name, value, message) => {
    const [problem, ...others] = problems({ ...NEEDED, [name]: value });
    expect([problem?.slice(0, name.length), problem?.slice(name.length + 1)]).toEqual([name, message]);
    expect(others).toEqual([]);
  });

  test("are not repeated in the message, because they may be secrets", () => {
    const wrong = {
      ...NEEDED,
      REPLICATE_WEBHOOK_SIGNING_SECRET: "hunter2",
      APP_URL: "hunter2",
      DAILY_IMAGES_TOTAL: "hunter2",
    };
    expect(problems(wrong)).toHaveLength(3);
    expect(() => readEnv(wrong)).not.toThrow(/hunter2|r8_token|sb_secret/);
  });
});

describe("values of settings", () => {
  test("a URL loses the slashes at its end", () => {
    expect(read({ APP_URL: "https://darkroom.example//" }).APP_URL).toBe("https://darkroom.example");
  });

  test("there may be several webhook secrets, while one replaces another", () => {
    const settings = { REPLICATE_WEBHOOK_SIGNING_SECRET: `${SECRET}, whsec_new\n${SECRET}` };
    expect(read(settings).REPLICATE_WEBHOOK_SIGNING_SECRET).toEqual([SECRET, "whsec_new", SECRET]);
  });

  test("webhooks need both a public URL and a secret", () => {
    const url = { APP_URL: "https://darkroom.example" };
    const secret = { REPLICATE_WEBHOOK_SIGNING_SECRET: SECRET };
    expect([read(url).webhookUrl, read(secret).webhookUrl]).toEqual([null, null]);
    expect(read({ ...url, ...secret }).webhookUrl).toBe("https://darkroom.example/api/replicate/webhook");
  });

  test("a version alone is a version of SDXL, a name alone stays as it is", () => {
    expect(read({ REPLICATE_MODEL_VERSION: SDXL }).REPLICATE_MODEL_VERSION).toBe(`stability-ai/sdxl:${SDXL}`);
    expect(read({ REPLICATE_MODEL_VERSION: "a/b.c-d" }).REPLICATE_MODEL_VERSION).toBe("a/b.c-d");
  });

  test("the limit of a new account is never above the usual one", () => {
    expect(read({ DAILY_IMAGES_PER_NEW_USER: "5" }).DAILY_IMAGES_PER_NEW_USER).toBe(5);
    expect(read({ DAILY_IMAGES_PER_USER: "10" }).DAILY_IMAGES_PER_NEW_USER).toBe(10);
    expect(read({ DAILY_IMAGES_PER_NEW_USER: "1000000" }).DAILY_IMAGES_PER_NEW_USER).toBe(200);
  });

  test("allowed models and trusted proxies", () => {
    expect(read({ ALLOWED_MODELS: "*" }).ALLOWED_MODELS).toEqual(["*"]);
    expect(read({ ALLOWED_MODELS: "a/b, c/d\ne/f" }).ALLOWED_MODELS).toEqual(["a/b", "c/d", "e/f"]);
    expect(read({ TRUSTED_PROXIES: "2" }).TRUSTED_PROXIES).toBe(2);
  });

  test("administrators, sharing and the operator's address", () => {
    const settings = { ADMIN_EMAILS: "A@x.test, b@x.test\nc@x.test", ADMIN_MFA: "1", SHARING: "off" };
    expect(read({ ...settings, OPERATOR_EMAIL: "Help@x.test" })).toMatchObject({
      ADMIN_EMAILS: ["a@x.test", "b@x.test", "c@x.test"],
      ADMIN_MFA: true,
      SHARING: false,
      OPERATOR_EMAIL: "help@x.test",
    });
    for (const name of ["ADMIN_EMAILS", "ADMIN_MFA", "SHARING", "OPERATOR_EMAIL"]) {
      expect(() => read({ [name]: "perhaps" })).toThrow(name);
    }
  });

  test("on a public site, the demo account cannot be an administrator", () => {
    const demo = { NODE_ENV: "production", DEMO_EMAIL: "Demo@x.test", ADMIN_EMAILS: "demo@x.test" };
    expect(() => read(demo)).toThrow("ADMIN_EMAILS names the demo account");
    expect(read({ ...demo, APP_URL: "http://localhost:3000" }).ADMIN_EMAILS).toEqual(["demo@x.test"]);
  });

  test("numbers, lists and the demo account", () => {
    expect(read({ DAILY_IMAGES_TOTAL: "5000", MAX_IN_FLIGHT_PER_USER: "3" })).toMatchObject({
      DAILY_IMAGES_TOTAL: 5000,
      MAX_IN_FLIGHT_PER_USER: 3,
    });
    expect(read({ STORAGE_GB_TOTAL: "0.5" }).STORAGE_GB_TOTAL).toBe(0.5);
    const origins = "https://a.example, https://b.example";
    expect(read({ REPLICATE_DELIVERY_ORIGINS: origins }).REPLICATE_DELIVERY_ORIGINS).toEqual(origins.split(", "));
    expect(read({ DEMO_EMAIL: "demo@darkroom.test" }).demo).toBeNull();
    const demo = { email: "demo@darkroom.test", password: "secret" };
    expect(read({ DEMO_EMAIL: demo.email, DEMO_PASSWORD: demo.password }).demo).toEqual(demo);
  });

  test.each([
    ["http://localhost:4010/v1", true],
    ["http://127.0.0.1:4010/v1", true],
    ["http://[::1]:4010/v1", true],
    ["https://localhost.example/v1", false],
    ["https://127.0.0.1.example/v1", false],
    ["http://10.0.0.1/v1", false],
  ])("Replicate at %s is the sandbox: %s", (url, isSandbox) => {
    expect(read({ REPLICATE_API_BASE_URL: url }).isSandbox).toBe(isSandbox);
  });
});

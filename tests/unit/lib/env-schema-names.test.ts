import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readEnv } from "@/lib/env-schema";

const NEEDED = {
  NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_1",
  SUPABASE_SECRET_KEY: "sb_secret_1",
  REPLICATE_API_TOKEN: "r8_token",
};

test("spaces and line breaks around a value do not count", () => {
  const settings = readEnv({
    ...NEEDED,
    CRON_SECRET: "abc\n",
    APP_URL: " https://darkroom.example ",
    DAILY_IMAGES_TOTAL: "  ",
  });
  expect(settings).toMatchObject({
    CRON_SECRET: "abc",
    APP_URL: "https://darkroom.example",
    DAILY_IMAGES_TOTAL: null,
  });
});

test("the names of Vercel's integration and of older guides are accepted", () => {
  const settings = readEnv({
    SUPABASE_URL: "https://other.supabase.co",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "",
    NEXT_PUBLIC_SUPABASE_ANON_KEY: "anon",
    SUPABASE_SERVICE_ROLE_KEY: "service",
    REPLICATE_API_TOKEN: "r8_token",
  });
  expect(settings).toMatchObject({
    NEXT_PUBLIC_SUPABASE_URL: "https://other.supabase.co",
    NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "anon",
    SUPABASE_SECRET_KEY: "service",
  });
});

test("a setting under its own name wins over its other name", () => {
  expect(readEnv({ ...NEEDED, SUPABASE_SERVICE_ROLE_KEY: "service" }).SUPABASE_SECRET_KEY).toBe("sb_secret_1");
});

test.each([
  ["SUPABASE_SECRET_KEY", '"sb_secret_x"'],
  ["SUPABASE_SERVICE_ROLE_KEY", "'sb_secret_x'"],
  ["APP_URL", '"https://darkroom.example"'],
])("%s=%s is refused: Docker keeps the quotes of an env file", (name, value) => {
  const settings: Record<string, string | undefined> = { ...NEEDED, [name]: value };
  if (name === "SUPABASE_SERVICE_ROLE_KEY") settings.SUPABASE_SECRET_KEY = "";
  expect(() => readEnv(settings)).toThrow(`${name} has quotes around its value: remove them`);
});

test(".env.example names every setting that is read, and no other", () => {
  const asked = new Set<string>();
  readEnv(
    new Proxy<Record<string, string>>(NEEDED, { get: (target, name: string) => (asked.add(name), target[name]) }),
  );
  const others = ["NODE_ENV", "SUPABASE_URL", "NEXT_PUBLIC_SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY"];
  for (const other of [...others, "SANDBOX_MAIL_URL"]) asked.delete(other);
  const apart = exampleNames().filter((name) => !/^(SANDBOX_|(PORT|HOST)$)/.test(name));
  expect(apart.sort()).toEqual([...asked].sort());
});

function exampleNames(): string[] {
  return Array.from(readFileSync(".env.example", "utf8").matchAll(/^([A-Z_]+)=/gm), ([, name = ""]) => name);
}

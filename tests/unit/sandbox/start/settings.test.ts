import { execFileSync } from "node:child_process";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSettings, writeSettings } from "../../../../sandbox/start/settings";

const file = new URL("../../../../sandbox/start/settings.ts", import.meta.url).href;

/** Reads the settings in another process, because Next's reader caches what it has read. */
function readIn(root: string, env: Record<string, string>) {
  const script = `
    const { readSettings } = await import(${JSON.stringify(file)});
    const read = readSettings(${JSON.stringify(root)}, false);
    console.log(JSON.stringify({ read: read.REPLICATE_API_TOKEN, supabase: read.NEXT_PUBLIC_SUPABASE_URL, left: process.env.REPLICATE_API_TOKEN ?? null }));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { PATH: process.env.PATH, ...env } as unknown as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  return JSON.parse(output) as unknown;
}

function folderWith(env: string) {
  const root = mkdtempSync(join(tmpdir(), "darkroom-settings-"));
  writeFileSync(join(root, ".env.local"), env);
  return root;
}

test("keys in .env.local are read, but not copied into the environment", () => {
  expect(readIn(folderWith("REPLICATE_API_TOKEN=r8_real"), {})).toEqual({ read: "r8_real", left: null });
});

test("the environment wins over .env.local", () => {
  const root = folderWith("REPLICATE_API_TOKEN=r8_real");
  expect(readIn(root, { REPLICATE_API_TOKEN: "r8_shell" })).toEqual({ read: "r8_shell", left: "r8_shell" });
});

test("other names and spaces are read as the app reads them", () => {
  const output = readIn(folderWith('SUPABASE_URL="  https://project.supabase.co "\nREPLICATE_API_TOKEN=" "'), {});
  expect(output).toEqual({ supabase: "https://project.supabase.co", left: null });
});

test("with SANDBOX=1 the .env files are ignored", () => {
  expect(readIn(folderWith("REPLICATE_API_TOKEN=r8_real"), { SANDBOX: "1" })).toEqual({ left: null });
});

test.each([
  [{ REPLICATE_API_TOKEN: '"r8_real"' }, "REPLICATE_API_TOKEN has quotes around its value: remove them"],
  [{ DAILY_IMAGES_PER_USER: "many" }, "DAILY_IMAGES_PER_USER must be a whole number, 1 or more"],
  [{ NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co" }, "SUPABASE_SECRET_KEY is missing"],
])("settings that the app would reject are rejected: %j", (settings, why) => {
  expect(() => checkSettings(settings, true)).toThrow(why);
});

test("without keys, the settings of the local services count as valid", () => {
  for (const isDev of [true, false]) expect(() => checkSettings({}, isDev)).not.toThrow();
});

test("production's rules are checked only for the production build", () => {
  const settings = { APP_URL: "https://darkroom.example" };
  expect(() => checkSettings(settings, true)).not.toThrow();
  expect(() => checkSettings(settings, false)).toThrow("the sandbox's URLs and keys work only with an APP_URL on this");
});

test("settings are written as dotenv in a file only the owner can read", () => {
  const path = join(folderWith(""), "env");
  writeSettings(path, { DEMO_EMAIL: "demo@darkroom.test", SECRET: "whsec_a+b/c=" });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  process.loadEnvFile(path);
  expect([process.env.DEMO_EMAIL, process.env.SECRET]).toEqual(["demo@darkroom.test", "whsec_a+b/c="]);
  delete process.env.DEMO_EMAIL;
  delete process.env.SECRET;
});

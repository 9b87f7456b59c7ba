import { execFileSync } from "node:child_process";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeSettings } from "../../../../sandbox/start/settings";

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

test("settings are written as dotenv in a file only the owner can read", () => {
  const path = join(folderWith(""), "env");
  writeSettings(path, { DEMO_EMAIL: "demo@darkroom.test", SECRET: "whsec_a+b/c=" });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  process.loadEnvFile(path);
  expect([process.env.DEMO_EMAIL, process.env.SECRET]).toEqual(["demo@darkroom.test", "whsec_a+b/c="]);
  delete process.env.DEMO_EMAIL;
  delete process.env.SECRET;
});

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createOwnDatabase } from "../support/create-database";
import { createDataFolder } from "../support/data-folder";
import { startProcess } from "../support/process";
import { cleanEnv, type Env } from "../support/services";
import { findFreePort } from "../../sandbox/start/ports";

const start = fileURLToPath(new URL("../../sandbox/start.ts", import.meta.url));
const next = fileURLToPath(new URL("../../node_modules/next/dist/bin/next", import.meta.url));
const printSettings = ["node", "-p", "JSON.stringify(process.env)"];
const real = {
  NEXT_PUBLIC_SUPABASE_URL: "https://project.supabase.co",
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_real",
  SUPABASE_SECRET_KEY: "sb_secret_real",
};

const newFolder = () => join(mkdtempSync(join(tmpdir(), "darkroom-start-")), "sandbox");

async function run(command: string[], env: Env = {}, dir = createDataFolder()) {
  const port = String(await findFreePort());
  const { url, drop } = await createOwnDatabase();
  onTestFinished(drop);
  const settings = { SANDBOX_DATABASE_URL: url, SANDBOX_DIR: dir, PORT: port, ...env };
  const process = startProcess(start, command, cleanEnv(settings));
  onTestFinished(async () => {
    await process.kill("SIGKILL");
    rmSync(dir, { recursive: true, force: true });
  });
  return { ...process, dir, url: `http://localhost:${port}` };
}

function parseSettings(output: string): Env {
  return JSON.parse(output.split("\n").findLast((line) => line.startsWith("{")) ?? "{}") as Env;
}

async function until(condition: () => boolean | Promise<boolean>) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

const isAnswering = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("a command without keys gets both local services, and its exit code is passed on", async () => {
  const print = "console.log(JSON.stringify(process.env)); process.exit(7)";
  const { ended, output, dir } = await run(["node", "-e", print], {}, newFolder());
  expect((await ended)[0]).toBe(7);
  const settings = parseSettings(output());
  expect(settings).toMatchObject({ DEMO_EMAIL: "demo@darkroom.test", APP_URL: `http://localhost:${settings.PORT}` });
  expect(settings).toMatchObject({ ALLOWED_MODELS: "*", DAILY_IMAGES_PER_NEW_USER: "1000000" });
  expect(settings.REPLICATE_API_TOKEN).toMatch(/^r8_sandbox_/);
  expect(settings.REPLICATE_DELIVERY_ORIGINS).toBe(new URL(settings.REPLICATE_API_BASE_URL ?? "").origin);
  expect(output()).toContain(settings.DEMO_PASSWORD);
  const written = readFileSync(join(dir, "env"), "utf8");
  expect(written).toContain(`SUPABASE_SECRET_KEY="${settings.SUPABASE_SECRET_KEY}"`);
  for (const name of ["NEXT_PUBLIC_SUPABASE_URL", "REPLICATE_API_BASE_URL"]) {
    expect(await isAnswering(settings[name] ?? "")).toBe(false);
  }
});

test("with real keys for both services, the sandbox starts no local service and writes no files", async () => {
  const { ended, output, dir } = await run(printSettings, { ...real, REPLICATE_API_TOKEN: "r8_real" }, newFolder());
  expect((await ended)[0]).toBe(0);
  expect(parseSettings(output())).toMatchObject({ ...real, REPLICATE_API_TOKEN: "r8_real" });
  expect(parseSettings(output())).not.toHaveProperty("APP_URL");
  expect(existsSync(dir)).toBe(false);
});

test("with a real Supabase, only a local Replicate starts", async () => {
  const { ended, output } = await run(printSettings, real);
  await ended;
  expect(parseSettings(output())).toMatchObject(real);
  expect(parseSettings(output()).REPLICATE_API_BASE_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  expect(parseSettings(output())).not.toHaveProperty("DEMO_EMAIL");
});

test("with a real Replicate, only a local Supabase starts", async () => {
  const { ended, output } = await run(printSettings, { REPLICATE_API_TOKEN: "r8_real" });
  await ended;
  expect(parseSettings(output())).toMatchObject({ REPLICATE_API_TOKEN: "r8_real", DEMO_EMAIL: "demo@darkroom.test" });
  expect(parseSettings(output())).not.toHaveProperty("REPLICATE_API_BASE_URL");
  expect(parseSettings(output())).not.toHaveProperty("APP_URL");
});

test("with a setting that the app rejects, nothing starts and the output says why", async () => {
  const { ended, output, dir } = await run(["next", "dev"], { DAILY_IMAGES_PER_USER: "many" }, newFolder());
  expect((await ended)[0]).toBe(1);
  expect(output()).toMatch(/^.+ cannot start:\n {2}- DAILY_IMAGES_PER_USER must be a whole number/);
  expect(existsSync(dir)).toBe(false);
});

test.each(["SIGTERM", "SIGKILL"] as const)(
  "a sandbox ended by %s while it starts leaves no process behind",
  async (signal) => {
    const { child, ended, output, dir } = await run(["node", "-e", "console.log('the command was run')"]);
    const lock = join(dir, "supabase/lock");
    const holder = () => (existsSync(lock) ? Number.parseInt(readFileSync(lock, "utf8"), 10) : 0);
    await until(() => holder() > 0);
    const pid = holder();
    child.kill(signal);
    await ended;
    // If the sandbox is killed with SIGKILL, the services notice this and end a little later.
    if (signal === "SIGKILL") await until(() => !isAlive(pid));
    expect([isAlive(pid), existsSync(lock)]).toEqual([false, false]);
    expect(output()).not.toContain("the command was run");
  },
);

test("`next start` runs on the sandbox, and a signal stops both", async () => {
  const { child, ended, output, url, dir } = await run(["next", "start"]);
  await Promise.race([until(() => isAnswering(`${url}/api/health`)), ended]);
  expect(output()).toContain(url);
  expect((await fetch(`${url}/login`)).status).toBe(200);
  // The app listens only on localhost, so that nobody can use the demo account over the network.
  expect(await isAnswering(url.replace("localhost", "127.0.0.2"))).toBe(false);
  child.kill("SIGTERM");
  await ended;
  expect(await isAnswering(url)).toBe(false);
  expect(existsSync(join(dir, "lock"))).toBe(false);
});

test("under npm the sandbox ends with npm's shell, which passes on no signals", async () => {
  const dir = createDataFolder();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const { url, drop } = await createOwnDatabase();
  onTestFinished(drop);
  const waiting = `node -e 'console.log("up", process.pid); setInterval(() => {}, 1000)'`;
  const shell = spawn("sh", ["-c", `${process.execPath} ${start} ${waiting}; true`], {
    env: { ...process.env, ...cleanEnv({ SANDBOX_DATABASE_URL: url, SANDBOX_DIR: dir, npm_lifecycle_event: "dev" }) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  shell.stdout.on("data", (text: Buffer) => (output += String(text)));
  await until(() => /^up \d+$/m.test(output));
  const pid = Number(/^up (\d+)$/m.exec(output)?.[1]);
  shell.kill("SIGTERM");
  await until(() => !isAlive(pid) && !existsSync(join(dir, "lock")));
  expect(isAlive(pid)).toBe(false);
});

const live = { ...real, REPLICATE_API_TOKEN: "r8_real", APP_URL: "https://darkroom.example" };
const signed = { REPLICATE_WEBHOOK_SIGNING_SECRET: "whsec_cmVhbA==" };

test.each([
  ["the sandbox's token", { ...live, ...signed, REPLICATE_API_TOKEN: "r8_sandbox_1" }, "the sandbox's URLs and keys"],
  ["no secret to verify webhooks", live, "REPLICATE_WEBHOOK_SIGNING_SECRET is missing"],
  [
    "a public address without https",
    { ...live, ...signed, APP_URL: "http://darkroom.example" },
    "APP_URL must use https",
  ],
])("a production server with %s exits, says why and prints no key", async (_, settings, why) => {
  const server = startProcess(next, ["start"], {
    ...cleanEnv({ ...settings, SANDBOX: undefined, PORT: String(await findFreePort()) }),
    __NEXT_PROCESSED_ENV: "true",
  });
  onTestFinished(() => server.kill("SIGKILL"));
  expect((await server.ended)[0]).toBe(1);
  expect(server.output()).toContain(why);
  for (const key of [settings.SUPABASE_SECRET_KEY, settings.REPLICATE_API_TOKEN, "whsec_cmVhbA=="]) {
    expect(server.output()).not.toContain(key);
  }
});

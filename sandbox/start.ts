import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { takeLock } from "./start/lock.ts";
import { sendToParent } from "./start/parent-process.ts";
import { loadSecrets } from "./start/secrets.ts";
import { findPort, runCommand, withHost } from "./start/run-command.ts";
import { nextFreePort } from "./start/ports.ts";
import { startServices } from "./start/services.ts";
import { readSettings, writeSettings } from "./start/settings.ts";

// node sandbox/start.ts [command …]: starts what the environment lacks, then the command (`next dev`), and stops it all
// together. Without a command the services run alone. A parent that forked it hears `{ ready, env }`; it ends with its parent.

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = process.argv.slice(2);
const settings = readSettings(root, command.includes("dev"));
const dir = resolve(root, settings.SANDBOX_DIR || ".sandbox");
// What runs on this machine is tried out by the one who pays for it, on an account that was made just now.
const open = {
  ALLOWED_MODELS: settings.ALLOWED_MODELS || "*",
  DAILY_IMAGES_PER_NEW_USER: settings.DAILY_IMAGES_PER_NEW_USER || "1000000",
};
const isNeeded = !settings.NEXT_PUBLIC_SUPABASE_URL || !settings.REPLICATE_API_TOKEN;

/** ms. What has not ended then ends by itself, without its parent. */
const PATIENCE = 60_000;

async function run(): Promise<number> {
  let isStopping = false;
  const signalled = new Promise<"stop">((stop) => {
    const end = () => {
      isStopping = true;
      setTimeout(() => process.exit(1), PATIENCE).unref();
      stop("stop");
    };
    for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(event, end);
    if (process.env.npm_lifecycle_event) whenParentEnds(end);
  });
  const port = findPort(command) ?? (settings.PORT || String(await nextFreePort(3000)));
  const appUrl = `http://localhost:${port}`;
  const { services, env } = isNeeded ? await startSandbox(port, appUrl) : { services: [], env: open };

  await sendToParent({ ready: appUrl, env });

  const host = settings.HOST || (isNeeded ? "127.0.0.1" : undefined);
  const toRun = withHost(command, host);
  // Services that are asked to end while they start are started first, and then nothing more.
  const isToRun = toRun.length > 0 && !isStopping;
  const app = isToRun ? runCommand(root, toRun, { ...process.env, ...env, PORT: port }) : undefined;
  const first = await Promise.race([
    signalled,
    ...(app ? [app.ended] : []),
    ...services.map(async (service) => {
      await service.ended;
      return service;
    }),
  ]);
  if (typeof first === "object")
    console.error(`The local ${first.name} has ended unexpectedly. See ${show(first.log)}`);

  // The app first: it may still be writing what it knows.
  await app?.stop();
  await Promise.all(services.map((service) => service.stop()));
  if (typeof first === "object") return 1;
  return app ? app.ended : 0;
}

/** npm tells its shell alone of a signal, and the shell ends without a word to us. */
function whenParentEnds(end: () => void) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 500).unref();
}

async function startSandbox(port: string, appUrl: string) {
  const release = await takeLock(join(dir, "lock"));
  process.once("exit", release);
  const secrets = loadSecrets(dir);
  const started = await startServices({
    root,
    dir,
    settings,
    secrets,
    appUrl,
    onMail: ({ to, subject, link }) => console.log(`\n  Mail to ${to}: ${subject}\n  ${link ?? ""}\n`),
  });
  const env: Record<string, string> = {
    ...started.env,
    ...open,
    CRON_SECRET: settings.CRON_SECRET || secrets.cronSecret,
  };
  writeSettings(join(dir, "env"), { ...env, PORT: port });

  const names = started.services.map(({ name }) => name).join(" and ");
  const lines = [
    ...(command.length > 0 ? [["Darkroom", appUrl]] : started.services.map(({ name, url }) => [name, url])),
    ...(env.DEMO_EMAIL ? [["Demo login", `${env.DEMO_EMAIL}   ${env.DEMO_PASSWORD}`]] : []),
    ["Stood in", `${names}, on this machine: no account, no key, no cost`],
    ["Data", `${show(dir)}   (URLs and keys: ${show(join(dir, "env"))})`],
  ];
  console.log(`\n${lines.map(([label = "", text]) => `  ${label.padEnd(12)}${text}`).join("\n")}\n`);
  return { services: started.services, env };
}

function show(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
// A parent's open channel would keep this process.
if (process.connected) process.disconnect();

import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { requireRoom } from "./start/disk-space.ts";
import { takeLock } from "./start/lock.ts";
import { ignoreOutputErrors, sendToParent } from "./start/parent-process.ts";
import { nextFreePort } from "./start/ports.ts";
import { findPort, runCommand, withHost } from "./start/run-command.ts";
import { loadSecrets } from "./start/secrets.ts";
import { startServices } from "./start/start-missing-services.ts";
import { checkSettings, readSettings, writeSettings } from "./start/settings.ts";

// node sandbox/start.ts [command …]: starts a local Supabase, unless the settings have the URL of another one, and a local
// Replicate, unless they have an API token. Then runs the command (such as `next dev`). At the end, stops the command and the
// services. A local service that ends unexpectedly is started again.
// Without a command, only the services run.
// If a parent process forked this process, the parent receives `{ ready, env }`. When the parent ends, this process ends too.

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const command = process.argv.slice(2);
const isDev = command.includes("dev");
const settings = readSettings(root, isDev);
const dir = resolve(root, settings.SANDBOX_DIR || ".sandbox");
// By default, the app limits which models may run, and how many images a new account may make. This protects a public site from
// strangers. A local site does not need these limits, so they are turned off here, unless the settings define them.
const openLimits = {
  ALLOWED_MODELS: settings.ALLOWED_MODELS || "*",
  DAILY_IMAGES_PER_NEW_USER: settings.DAILY_IMAGES_PER_NEW_USER || "1000000",
};
const isNeeded = !settings.NEXT_PUBLIC_SUPABASE_URL || !settings.REPLICATE_API_TOKEN;

/** How long a stop may take (ms). After this time, the process exits, even if a child still runs. */
const STOP_TIMEOUT = 60_000;

async function run(): Promise<number> {
  ignoreOutputErrors();
  // The app rejects invalid settings, but Next reports the error only after it has printed "Ready". So the settings are checked
  // here.
  if (command[0] === "next") checkSettings(settings, isDev);
  let isStopping = false;
  const stopRequested = new Promise<void>((stop) => {
    const end = () => {
      isStopping = true;
      setTimeout(() => process.exit(1), STOP_TIMEOUT).unref();
      stop();
    };
    for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(event, end);
    if (process.env.npm_lifecycle_event) onParentEnd(end);
  });
  const port = findPort(command) ?? (settings.PORT || String(await nextFreePort(3000)));
  const appUrl = `http://localhost:${port}`;
  const { services, env } = isNeeded ? await startSandbox(port, appUrl) : { services: [], env: openLimits };

  await sendToParent({ ready: appUrl, env });

  const host = settings.HOST || (isNeeded ? "127.0.0.1" : undefined);
  const fullCommand = withHost(command, host);
  // If a stop was requested during start-up, the command is skipped.
  const shouldRun = fullCommand.length > 0 && !isStopping;
  const app = shouldRun ? runCommand(root, fullCommand, { ...process.env, ...env, PORT: port }) : undefined;
  await Promise.race([stopRequested, ...(app ? [app.ended] : [])]);

  // The app stops first, because it may still be writing to the services.
  await app?.stop();
  await Promise.all(services.map((service) => service.stop()));
  return app ? app.ended : 0;
}

/**
 * Calls `end` when the parent process has ended. If a signal is sent to npm, only the shell that npm has started receives it.
 * This shell exits without passing the signal on. So this process checks every half second whether its parent has ended.
 */
function onParentEnd(end: () => void) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, 500).unref();
}

async function startSandbox(port: string, appUrl: string) {
  await requireRoom(dir);
  const release = await takeLock(join(dir, "lock"));
  process.once("exit", release);
  const secrets = loadSecrets(dir);
  const started = await startServices({
    root,
    dir,
    settings,
    secrets,
    appUrl,
    onMail: ({ to, subject, link, code }) =>
      console.log(`\n  E-mail to ${to}: ${subject}\n${code ? `  Code ${code}\n` : ""}  ${link ?? ""}\n`),
  });
  const env: Record<string, string> = {
    ...started.env,
    ...openLimits,
    CRON_SECRET: settings.CRON_SECRET || secrets.cronSecret,
    // With `npm run dev`, the demo user is an administrator, so that the pages for administrators can be seen.
    ...(isDev && started.env.DEMO_EMAIL && { ADMIN_EMAILS: settings.ADMIN_EMAILS || started.env.DEMO_EMAIL }),
  };
  writeSettings(join(dir, "env"), { ...env, PORT: port });

  const names = started.services.map(({ name }) => name).join(" and ");
  const lines = [
    ...(command.length > 0 ? [["App", appUrl]] : started.services.map(({ name, url }) => [name, url])),
    ...(env.DEMO_EMAIL ? [["Demo login", `${env.DEMO_EMAIL}   ${env.DEMO_PASSWORD}`]] : []),
    ...(env.SANDBOX_MAIL_URL ? [["E-mails", env.SANDBOX_MAIL_URL]] : []),
    ["Local", `${names}, on this machine: no account, no key, no cost`],
    ["Data", `${shortenPath(dir)}   (URLs and keys: ${shortenPath(join(dir, "env"))})`],
  ];
  console.log(`\n${lines.map(([label = "", text]) => `  ${label.padEnd(12)}${text}`).join("\n")}\n`);
  return { services: started.services, env };
}

function shortenPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
// An open IPC channel to the parent process would keep this process running.
if (process.connected) process.disconnect();

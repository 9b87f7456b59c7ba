import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { requireRoom } from "../start/disk-space.ts";
import { takeLock } from "../start/lock.ts";
import { ignoreOutputErrors, sendToParent, waitForStop } from "../start/parent-process.ts";
import { loadSecrets } from "../start/secrets.ts";

// A local Supabase project in a separate process. It sends these messages to its parent process: `{ ready, env }` when it accepts
// requests, `{ mail }` for each e-mail of the project, `{ notice }` with a text for the user, and `{ failed }` when it cannot
// start.

// @supabase/lite reads this variable while it loads. So every module that imports @supabase/lite is loaded later, in `run`.
process.env.EXPERIMENTAL_STORAGE = "1";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dir = resolve(root, process.env.SANDBOX_DIR || ".sandbox");
const folder = join(dir, "supabase");

async function report(message: object): Promise<void> {
  if (process.channel) await sendToParent(message);
  else console.log(message);
}

async function run(): Promise<void> {
  const stopRequested = waitForStop();
  ignoreOutputErrors();
  const databaseUrl = process.env.SANDBOX_DATABASE_URL || undefined;
  await requireRoom(dir, !databaseUrl && !existsSync(join(folder, "database")));
  const secrets = loadSecrets(dir);
  const release = await takeLock(join(folder, "lock"));
  // @supabase/lite looks for supabase/migrations in the current folder.
  process.chdir(root);
  const { serveSupabase } = await import("./serve.ts");
  const supabase = await serveSupabase({
    folder,
    config: join(root, "supabase/config.toml"),
    settings: process.env,
    secrets,
    port: Number(process.env.SANDBOX_SUPABASE_PORT || 0),
    databaseUrl,
    siteUrl: process.env.APP_URL || "http://localhost:3000",
    onMail: ({ to, subject, link, code }) => void report({ mail: { to, subject, link, code } }),
    onReset: (notice) => void report({ notice }),
    // The process exits without closing the database, because PGlite no longer responds, and closing would wait for it.
    onBroken: () => process.exit(1),
  });

  await report({ ready: supabase.env.NEXT_PUBLIC_SUPABASE_URL, env: supabase.env });

  // If a stop is requested while the database is being created, the process first completes the database, and stops only here. An
  // incomplete database could not be opened again.
  await stopRequested;
  await supabase.close().finally(release);
  process.exit();
}

run().catch(async (error: unknown) => {
  console.error(error);
  await report({ failed: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});

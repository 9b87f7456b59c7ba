import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { takeLock } from "./lock.ts";
import { keepSecrets } from "./secrets.ts";

// Stands in for a hosted Supabase project, as a process of its own. Tells its parent `{ ready, env }` once it answers,
// `{ mail }` for each mail that it keeps instead of sending, and `{ failed }` when it cannot start.

// @supabase/lite reads this while it loads, so everything that imports it is imported after.
process.env.EXPERIMENTAL_STORAGE = "1";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dir = resolve(root, process.env.SANDBOX_DIR || ".sandbox");
const folder = join(dir, "supabase");

function tell(message: object): void {
  if (process.connected) process.send?.(message);
  else if (!process.channel) console.log(message);
}

async function run(): Promise<void> {
  const secrets = keepSecrets(dir);
  const release = await takeLock(join(folder, "lock"));
  // @supabase/lite looks for the migrations here.
  process.chdir(root);
  const { serveSupabase } = await import("./supabase/serve.ts");
  const supabase = await serveSupabase({
    folder,
    templates: join(root, "supabase/templates"),
    secrets,
    port: Number(process.env.SANDBOX_SUPABASE_PORT || 0),
    databaseUrl: process.env.SANDBOX_DATABASE_URL || undefined,
    siteUrl: process.env.APP_URL || "http://localhost:3000",
    onMail: (mail) => tell({ mail: { to: mail.to, subject: mail.subject, link: mail.link } }),
  });

  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    void supabase.close().finally(() => {
      release();
      process.exit();
    });
  };
  process.on("SIGTERM", stop).on("disconnect", stop);
  // Ctrl-C reaches the whole group at once: with a parent, the parent says when, after the app has ended.
  process.on("SIGINT", () => {
    if (!process.channel) stop();
  });
  tell({ ready: supabase.env.NEXT_PUBLIC_SUPABASE_URL, env: supabase.env });
}

run().catch((error: unknown) => {
  console.error(error);
  tell({ failed: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});

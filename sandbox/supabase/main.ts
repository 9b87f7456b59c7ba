import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { takeLock } from "../start/lock.ts";
import { waitForStop, sendToParent } from "../start/parent-process.ts";
import { loadSecrets } from "../start/secrets.ts";

// Stands in for a hosted Supabase project, as a process of its own. Tells its parent `{ ready, env }` once it answers,
// `{ mail }` for each mail that it keeps instead of sending, `{ notice }` for what the user must know, and `{ failed }` when
// it cannot start.

// @supabase/lite reads this while it loads, so everything that imports it is imported after.
process.env.EXPERIMENTAL_STORAGE = "1";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dir = resolve(root, process.env.SANDBOX_DIR || ".sandbox");
const folder = join(dir, "supabase");

async function tell(message: object): Promise<void> {
  if (process.channel) await sendToParent(message);
  else console.log(message);
}

async function run(): Promise<void> {
  const asked = waitForStop();
  const secrets = loadSecrets(dir);
  const release = await takeLock(join(folder, "lock"));
  // @supabase/lite looks for the migrations here.
  process.chdir(root);
  const { serveSupabase } = await import("./serve.ts");
  const supabase = await serveSupabase({
    folder,
    templates: join(root, "supabase/templates"),
    secrets,
    port: Number(process.env.SANDBOX_SUPABASE_PORT || 0),
    databaseUrl: process.env.SANDBOX_DATABASE_URL || undefined,
    siteUrl: process.env.APP_URL || "http://localhost:3000",
    onMail: (mail) => void tell({ mail: { to: mail.to, subject: mail.subject, link: mail.link } }),
    onReset: (notice) => void tell({ notice }),
  });

  await tell({ ready: supabase.env.NEXT_PUBLIC_SUPABASE_URL, env: supabase.env });

  // Also when that was asked long ago: a database that is half made could not be opened again.
  await asked;
  await supabase.close().finally(release);
  process.exit();
}

run().catch(async (error: unknown) => {
  console.error(error);
  await tell({ failed: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});

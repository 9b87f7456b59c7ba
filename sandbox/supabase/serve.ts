import { once } from "node:events";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { App } from "@supabase/lite";
import { KEEP_ALIVE } from "../start/keep-alive.ts";
import type { Secrets } from "../start/secrets.ts";
import { completeSession } from "./auth/complete-session.ts";
import { createAuthSettings } from "./auth-settings.ts";
import { migrate } from "./database.ts";
import { DEMO_EMAIL, ensureDemoAccount } from "./demo-account.ts";
import { createFileStorage } from "./file-storage.ts";
import { createHandler } from "./handle-request.ts";
import { createMailbox, type Mail } from "./mailbox.ts";
import { guardDisk, respondOnFullDisk } from "./disk-guard.ts";
import { openDatabase } from "./open-database.ts";

type Options = {
  folder: string;
  templates: string;
  secrets: Secrets;
  /** 0 chooses a free port. */
  port: number;
  databaseUrl: string | undefined;
  /** The URL that links in mails point to. */
  siteUrl: string;
  onMail: (mail: Mail) => void;
  /** Called when the local data was deleted because the schema has changed. */
  onReset: (notice: string) => void;
  /** Called when PGlite has failed and must be opened again, by another process. */
  onBroken: () => void;
};

/** Serves auth, rest and storage on 127.0.0.1. EXPERIMENTAL_STORAGE=1 must be set before this module is loaded. */
export async function serveSupabase({
  folder,
  templates,
  secrets,
  port,
  databaseUrl,
  siteUrl,
  onMail,
  onReset,
  onBroken,
}: Options) {
  const mailbox = createMailbox(onMail);
  const connection = await openDatabase(folder, databaseUrl, onReset);
  const app = new App({
    connection,
    auth: createAuthSettings(secrets, siteUrl, templates),
    storage: { enabled: true },
    studio: { enabled: false },
    // In admin mode, requests without a key could do everything.
    options: { server: { admin: false, disableStudio: true }, drivers: { email: mailbox } },
  });
  app._storageAdapter = createFileStorage(join(folder, "storage"));

  await migrate(app);
  await ensureDemoAccount(app, mailbox.mails, secrets.demoPassword);

  const guard = databaseUrl ? null : guardDisk(folder, connection, onBroken);
  const handle = respondOnFullDisk(
    folder,
    async (request) => completeSession(request, await app.fetch(request), connection.kysely, secrets.jwtSecret),
    async () => guard?.check(),
  );
  const server = createAdaptorServer({
    fetch: createHandler(app, mailbox.mails, secrets.secretKey, handle),
    serverOptions: KEEP_ALIVE,
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");

  return {
    env: {
      NEXT_PUBLIC_SUPABASE_URL: `http://127.0.0.1:${address.port}`,
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
      SUPABASE_SECRET_KEY: secrets.secretKey,
      DEMO_EMAIL,
      DEMO_PASSWORD: secrets.demoPassword,
    },
    async close(): Promise<void> {
      guard?.stop();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
      await connection.close();
    },
  };
}

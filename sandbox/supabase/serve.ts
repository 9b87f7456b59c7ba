import { once } from "node:events";
import { join } from "node:path";
import { createAdaptorServer } from "@hono/node-server";
import { App } from "@supabase/lite";
import { HTTP_TIMEOUTS } from "../http-timeouts.ts";
import type { Secrets } from "../start/secrets.ts";
import { createAuthFaults } from "./auth/http/faults.ts";
import { createAuthServer } from "./auth/server.ts";
import { readAuthSettings } from "./auth/settings.ts";
import { migrate } from "./database.ts";
import { DEMO_EMAIL, ensureDemoAccount } from "./demo-account.ts";
import { createFileStorage } from "./file-storage.ts";
import { createHandler } from "./handle-request.ts";
import { guardDisk, respondOnFullDisk } from "./disk-guard.ts";
import { createMailbox, type Mail } from "./mail/mailbox.ts";
import { createSmtpSender } from "./mail/smtp.ts";
import { openDatabase } from "./open-database.ts";

type Options = {
  folder: string;
  /** The path of supabase/config.toml. */
  config: string;
  /** The environment variables with the settings of the sandbox. */
  settings: Record<string, string | undefined>;
  secrets: Secrets;
  /** The port. 0 chooses a free port. */
  port: number;
  databaseUrl: string | undefined;
  /** The URL of the app, to which links in e-mails point. */
  siteUrl: string;
  onMail: (mail: Mail) => void;
  /** Called when the local data was deleted because the schema has changed. */
  onReset: (notice: string) => void;
  /**
   * Called when PGlite has failed. The process must end after this call, because only a new process can open the database again.
   */
  onBroken: () => void;
};

/** Serves auth, rest and storage on 127.0.0.1. EXPERIMENTAL_STORAGE=1 must be set before this module is loaded. */
export async function serveSupabase({
  folder,
  config,
  settings,
  secrets,
  port,
  databaseUrl,
  siteUrl,
  onMail,
  onReset,
  onBroken,
}: Options) {
  const { secretKey, publishableKey, jwtSecret } = secrets;
  const smtpUrl = settings.SANDBOX_SMTP_URL;
  const mailbox = createMailbox(join(folder, "mail"), onMail, smtpUrl ? createSmtpSender(smtpUrl) : undefined);
  const connection = await openDatabase(folder, databaseUrl, onReset);
  const app = new App({
    connection,
    // @supabase/lite uses these keys to check the tokens in requests to rest and storage. It gets no requests to auth:
    // `authServer` handles them.
    auth: { enabled: true, jwt_secret: jwtSecret, publishable_key: publishableKey, secret_key: secretKey },
    storage: { enabled: true },
    studio: { enabled: false },
    // In admin mode, @supabase/lite would allow everything, even without a key.
    options: { server: { admin: false, disableStudio: true } },
  });
  app._storageAdapter = createFileStorage(join(folder, "storage"));

  await migrate(app);
  await ensureDemoAccount(connection.kysely, secrets.demoPassword);

  const guard = databaseUrl ? null : guardDisk(folder, connection, onBroken);
  const faults = createAuthFaults();
  const authServer = createAuthServer({
    db: connection.kysely,
    settings: readAuthSettings(config, settings),
    keys: { publishableKey, secretKey },
    jwtSecret,
    siteUrl,
    send: (mail) => mailbox.send(mail),
    faults,
  });
  const guarded = (handle: (request: Request) => Promise<Response>) =>
    respondOnFullDisk(folder, handle, async () => guard?.check());
  const server = createAdaptorServer({
    fetch: createHandler({
      app,
      mails: mailbox.mails,
      secretKey,
      faults,
      authServer: guarded(authServer),
      handle: guarded(async (request) => app.fetch(request)),
    }),
    serverOptions: HTTP_TIMEOUTS,
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");

  const url = `http://127.0.0.1:${address.port}`;
  return {
    env: {
      NEXT_PUBLIC_SUPABASE_URL: url,
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: publishableKey,
      SUPABASE_SECRET_KEY: secretKey,
      SANDBOX_MAIL_URL: `${url}/__mail`,
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

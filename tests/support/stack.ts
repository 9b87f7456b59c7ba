import { existsSync, rmSync } from "node:fs";
import { findFreePort } from "../../sandbox/start/ports";
import { createOwnDatabase } from "./create-database";
import { createDataFolder } from "./data-folder";
import type { Process } from "./process";
import { startNext, startServices, type Env } from "./services";

type Options = {
  /** The URL of a Postgres database. Default: a new one on the server of SANDBOX_DATABASE_URL or, if this is not set, PGlite. */
  databaseUrl?: string;
  /** Settings of the services and of the app. */
  env?: Env;
  /** The data folder, which `stop` keeps. Default: a new folder, which `stop` removes. */
  dir?: string;
  /** False to start only the services, without the app. */
  next?: boolean;
  /** The arguments of the command `next`. `start` needs a build. */
  command?: string[];
};

/** Starts the services and the app on free ports, with their own data folder. */
export async function startStack({ databaseUrl, env, dir, next = true, command = ["start"] }: Options = {}) {
  const folder = dir ?? createDataFolder();
  const port = await findFreePort();
  if (next && command[0] === "start" && !existsSync(".next/BUILD_ID")) throw new Error("Run `npm run build` first.");
  const database = databaseUrl ? { url: databaseUrl, drop: async () => {} } : await createOwnDatabase();
  const given = { ...env, SANDBOX_DIR: folder, SANDBOX_DATABASE_URL: database.url, PORT: String(port) };

  let services = await startServices(given);
  let app: Process | undefined;
  const apps = new Set<Process>();

  async function startApp(args = command, appPort = port, more: Env = {}) {
    const started = await startNext(args, appPort, { ...services.env, ...given, ...more, PORT: String(appPort) });
    apps.add(started);
    return started;
  }

  if (next) {
    app = await startApp().catch(async (error: unknown) => {
      await services.process.kill("SIGTERM");
      throw error;
    });
  }

  return {
    dir: folder,
    env: services.env,
    appUrl: `http://localhost:${port}`,
    supabaseUrl: services.env.NEXT_PUBLIC_SUPABASE_URL ?? "",
    replicateUrl: new URL(services.env.REPLICATE_API_BASE_URL ?? "").origin,
    /** The last output of the app. */
    appOutput: () => app?.output() ?? "",
    /** Ends the app: SIGKILL for a crash, SIGTERM for a deployment. */
    async killApp(signal: NodeJS.Signals = "SIGKILL") {
      await app?.kill(signal);
    },
    /** Kills the app if it is running, and starts it again on the same port. */
    async restartApp(more?: Env) {
      await app?.kill("SIGKILL");
      app = await startApp(command, port, more);
    },
    /** Starts one more instance of the app, with the same services. */
    async addApp(more?: Env) {
      const appPort = await findFreePort();
      const other = await startApp(command, appPort, more);
      return { appUrl: `http://localhost:${appPort}`, kill: other.kill, output: other.output };
    },
    /** Ends the local Supabase and Replicate: SIGKILL for a power failure, SIGTERM for a normal stop. */
    async killServices(signal: NodeJS.Signals = "SIGKILL") {
      await services.process.kill(signal);
    },
    /** Kills the services if they are running, and starts them again with the same folder, ports and keys. */
    async restartServices() {
      await services.process.kill("SIGKILL");
      services = await startServices(given);
    },
    async stop() {
      await Promise.all([...apps].map((one) => one.kill("SIGKILL")));
      await services.process.kill("SIGTERM");
      await database.drop();
      if (!dir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Stack = Awaited<ReturnType<typeof startStack>>;

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../sandbox/start/ports.ts";
import { script } from "./run-command.ts";

// node scripts/postgres.ts <command …>: runs the command with SANDBOX_DATABASE_URL set to a temporary Postgres.

const isRoot = process.getuid?.() === 0;

/**
 * Starts a Postgres on a free port of 127.0.0.1. Its new databases have the schema of the local Supabase. `stop` deletes its
 * data.
 */
export async function startPostgres() {
  const bin = findPostgres() ?? installPostgres();
  const dir = mkdtempSync(join(tmpdir(), "darkroom-postgres-"));
  // Postgres refuses to run as root. So it runs as the user postgres, who needs this folder.
  if (isRoot) execFileSync("chown", ["postgres", dir]);
  const run = (program: string, ...args: string[]) => {
    const command = [join(bin, program), ...args];
    const [file = "", ...rest] = isRoot
      ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", ...command]
      : command;
    execFileSync(file, rest, { cwd: dir, stdio: ["ignore", "ignore", "inherit"] });
  };

  const port = await findFreePort();
  const data = join(dir, "data");
  run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
  // Autovacuum would visit each of the many databases every few seconds, although they are small and soon deleted.
  const settings = ["fsync=off", "full_page_writes=off", "autovacuum_naptime=10min", "max_connections=200"];
  const options = [`listen_addresses=127.0.0.1`, `unix_socket_directories=${dir}`, ...settings].map(
    (line) => `-c ${line}`,
  );
  run("pg_ctl", "start", "-w", "-D", data, "-l", join(dir, "log"), "-o", [`-p ${port}`, ...options].join(" "));
  const urlOf = (database: string) => `postgres://postgres@127.0.0.1:${port}/${database}`;
  const stop = () => {
    run("pg_ctl", "stop", "-D", data, "-m", "immediate");
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    createSchema(urlOf("template1"), join(dir, "sandbox"));
  } catch (error) {
    stop();
    throw error;
  }
  return { url: urlOf("postgres"), stop };
}

/**
 * Creates the schema of the local Supabase in `template1`. Postgres creates each new database as a copy of `template1`, so the
 * stacks of the tests need not run the migrations again.
 */
function createSchema(template: string, folder: string): void {
  // With an API token, the sandbox starts no local Replicate. The empty settings replace those of the shell.
  const empty = { NEXT_PUBLIC_SUPABASE_URL: "", SUPABASE_URL: "", SANDBOX_SUPABASE_PORT: "" };
  const settings = { ...empty, SANDBOX: "1", SANDBOX_DATABASE_URL: template, REPLICATE_API_TOKEN: "none" };
  const [node = "", ...args] = script("sandbox/start.ts", process.execPath, "-e", "");
  const env = { ...process.env, ...settings, SANDBOX_DIR: folder };
  execFileSync(node, args, { env, stdio: ["ignore", "ignore", "inherit"], timeout: 120_000 });
}

function findPostgres(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, "bin")), ...(process.env.PATH ?? "").split(":")];
  return folders.find((folder) => existsSync(join(folder, "initdb")));
}

function installPostgres(): string {
  if (isRoot && existsSync("/usr/bin/apt-get")) {
    console.log("Installing Postgres …");
    for (const command of [["update"], ["install", "-y", "--no-install-recommends", "postgresql"]]) {
      execFileSync("apt-get", ["-q", ...command], { stdio: ["ignore", "ignore", "inherit"] });
    }
  }
  const bin = findPostgres();
  if (!bin) throw new Error("Postgres is missing. Install it, on Debian with: apt-get install postgresql");
  return bin;
}

if (import.meta.main) {
  const [program, ...args] = process.argv.slice(2);
  if (!program) throw new Error("Usage: node scripts/postgres.ts <command …>");
  const postgres = await startPostgres();
  const child = spawn(program, args, { stdio: "inherit", env: { ...process.env, SANDBOX_DATABASE_URL: postgres.url } });
  // Ctrl-C sends SIGINT to the command and to this script. The script does not end immediately, because it must stop the
  // database after the command has ended.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.once("error", (error) => console.error(error.message));
  child.once("close", (code) => {
    postgres.stop();
    process.exitCode = code ?? 1;
  });
}

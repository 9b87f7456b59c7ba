import { randomUUID } from "node:crypto";
import postgres from "postgres";

/**
 * Creates a new database on the Postgres server of SANDBOX_DATABASE_URL, so that each stack has its own data. The database is a
 * copy of `template`. If SANDBOX_DATABASE_URL is not set, creates no database and returns no URL. The sandbox then uses PGlite.
 */
export async function createOwnDatabase(
  template = "template1",
): Promise<{ url: string | undefined; drop: () => Promise<void> }> {
  const server = process.env.SANDBOX_DATABASE_URL;
  if (!server) return { url: undefined, drop: async () => {} };
  const name = `darkroom_${randomUUID().replaceAll("-", "")}`;
  await run(server, `create database ${name} template ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `drop database ${name} with (force)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  await sql.unsafe(statement);
  await sql.end();
}

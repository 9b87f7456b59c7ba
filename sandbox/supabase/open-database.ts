import { readdirSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { splitSqlStatements, type Connection } from "@supabase/lite";
import { z } from "zod";
import { connectDatabase } from "./database.ts";

const Applied = z.array(z.object({ version: z.string(), statements: z.array(z.string()) }));

/**
 * Opens the database. Until the first release, we edit migrations in place. So the database may have been created by an older
 * version of a migration. If such a database is local, this function deletes it and the stored files, and calls `onReset`. If it
 * is at a URL, this function throws, and never deletes it.
 */
export async function openDatabase(folder: string, url: string | undefined, onReset: (notice: string) => void) {
  const database = join(folder, "database");
  const connection = await connectDatabase(database, url);
  if (await isCurrent(connection)) return connection;
  await connection.close();
  if (url) {
    throw new Error(
      "The files in supabase/migrations have changed since they were applied to the database at SANDBOX_DATABASE_URL. " +
        "Its data was not touched. Point SANDBOX_DATABASE_URL to an empty database, then start again.",
    );
  }

  await rm(join(folder, "storage"), { recursive: true, force: true });
  // The folder is renamed before it is deleted. If the process ended in the middle of the deletion, a partly deleted database
  // under the old name could not be opened again.
  const outdated = join(folder, "outdated");
  await rm(outdated, { recursive: true, force: true });
  await rename(database, outdated);
  await rm(outdated, { recursive: true });
  onReset(
    "The database schema has changed, so the local demo data was deleted. The sandbox starts with a new database.",
  );
  return connectDatabase(database, url);
}

/** True if every applied migration still exists with the same statements. Migrations that were not applied yet are ignored. */
async function isCurrent(connection: Connection): Promise<boolean> {
  const table = "supabase_migrations.schema_migrations";
  const found = await connection.exec(`select 1 where to_regclass('${table}') is not null`);
  if (!found?.rows.length) return true;
  const applied = await connection.exec(`select version, to_json(statements) as statements from ${table}`);
  const files = readMigrations("supabase/migrations");
  return Applied.parse(applied?.rows).every((row) => files.get(row.version) === JSON.stringify(row.statements));
}

/** The statements of each migration as JSON, by version. */
function readMigrations(folder: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return new Map(
    names.map((name) => {
      const statements = splitSqlStatements(readFileSync(join(folder, name), "utf8"));
      return [name.slice(0, name.indexOf("_")), JSON.stringify(statements)];
    }),
  );
}

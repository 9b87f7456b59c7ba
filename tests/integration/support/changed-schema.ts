import { rmSync } from "node:fs";
import { onTestFinished } from "vitest";
import { createOwnDatabase } from "../../support/create-database";
import { createDataFolder } from "../../support/data-folder";
import { startServices } from "../../support/services";
import { sql } from "../../support/sql";
import { createUser } from "../../support/users";

/** Starts a new sandbox with one user, runs the SQL statement in its database, and starts the sandbox again. */
export async function startAgainAfter(statement: string) {
  const database = await createOwnDatabase();
  onTestFinished(database.drop);
  const dir = createDataFolder();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const env = { SANDBOX_DIR: dir, SANDBOX_DATABASE_URL: database.url, PORT: "1" };
  const first = await startServices(env);
  const user = await createUser(first);
  await sql(first, statement);
  await first.process.kill("SIGTERM");
  const second = startServices(env);
  onTestFinished(() =>
    second.then(
      ({ process }) => process.kill("SIGTERM"),
      () => {},
    ),
  );
  return { second, user, url: database.url };
}

export const countUser = (id: string) => `select count(*)::int as count from auth.users where id = '${id}'`;
/** SQL that changes the recorded text of the first migration, as if the database had been created with another one. */
export const editFirst = `update supabase_migrations.schema_migrations set statements = array['select 1']
  where version = (select min(version) from supabase_migrations.schema_migrations)`;

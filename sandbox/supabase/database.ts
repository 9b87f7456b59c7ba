import { splitSqlStatements, type App } from "@supabase/lite";
import { applyPendingMigrations, listMigrationFiles } from "@supabase/lite/cli";
import { createPgliteConnection } from "@supabase/lite/pglite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { setContextInOneStatement } from "./request-context.ts";

/** @supabase/lite hands over JSON as text, as PGlite takes it; its own types for Postgres put it into quotes once more. */
const asText = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
});
// The numbers that Postgres has given these types.
const types = { json: asText(114), jsonb: asText(3802) };

/** Opens the Postgres at the URL, or, without one, the PGlite database in the folder. */
export async function connectDatabase(folder: string, url: string | undefined) {
  const connection = url
    ? createPostgresConnection({ url, postgresOptions: { onnotice: () => {}, types } })
    : await openPglite(folder);
  setContextInOneStatement(connection);
  return connection;
}

async function openPglite(folder: string) {
  const connection = await createPgliteConnection({ url: folder });
  await connection.driver.waitReady;
  return connection;
}

/** What a new hosted project has granted, so that a migration which forgets a revoke is found out here as well. */
const HOSTED_DEFAULTS = [
  "grant usage on schema public, auth, storage to anon, authenticated, service_role",
  ...["tables", "sequences", "functions"].map(
    (kind) => `alter default privileges in schema public grant all on ${kind} to anon, authenticated, service_role`,
  ),
];

/** Brings the database to the project's newest migration. */
export async function migrate(app: App): Promise<void> {
  // Before any migration: roles and grants are refused while the schemas of auth and storage are missing.
  await app.ensureSystemSchema();
  await createRoles(app);
  for (const statement of HOSTED_DEFAULTS) await app.connection.exec(statement);
  await applyPendingMigrations(app);
  await restoreGrants(app);
}

async function createRoles(app: App): Promise<void> {
  for (const [role, bypass] of [["anon"], ["authenticated"], ["service_role", "bypassrls"]] as const) {
    await app.connection.exec(
      `do $$ begin create role ${role} nologin ${bypass ?? ""}; exception when duplicate_object then null; end $$`,
    );
  }
}

/**
 * With its first request @supabase/lite grants every table to every role, and only row level security is left standing.
 * So that happens now, and then the migrations' own grants and revokes are said again.
 */
async function restoreGrants(app: App): Promise<void> {
  await app.connection.withContext({ auth: { role: "service_role" } }, async () => {});
  for (const { sql } of await listMigrationFiles(app)) {
    const privileges = splitSqlStatements(sql).filter((statement) =>
      /^(grant|revoke)\b/i.test(withoutComments(statement)),
    );
    for (const statement of privileges) await app.connection.exec(statement);
  }
}

function withoutComments(statement: string): string {
  return statement.replace(/^(\s+|--.*\n)+/, "");
}

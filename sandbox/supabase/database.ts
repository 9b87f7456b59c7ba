import { splitSqlStatements, type App } from "@supabase/lite";
import { applyPendingMigrations, listMigrationFiles } from "@supabase/lite/cli";
import { createPgliteConnection } from "@supabase/lite/pglite";
import { createPostgresConnection } from "@supabase/lite/postgres";
import { AUTH_TABLES } from "./auth/tables.ts";
import { setContextInOneStatement } from "./database-context.ts";
import { sendFewerMessages } from "./postgres-messages.ts";

/**
 * Makes the Postgres client send a JSON text unchanged. @supabase/lite passes JSON as text. By default, the client would encode
 * this text as a JSON string again.
 */
const asText = (oid: number) => ({
  to: oid,
  from: [oid],
  serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (text: string): unknown => JSON.parse(text),
});
/**
 * The type id (oid) of `numeric` in Postgres. As at Supabase, these values are returned as numbers. By default, the clients of
 * Postgres and PGlite return them as text.
 */
const NUMERIC = 1700;
const numeric = { to: NUMERIC, from: [NUMERIC], serialize: String, parse: Number };
// The type ids (oids) of json and jsonb in Postgres.
const types = { json: asText(114), jsonb: asText(3802), numeric };

/** Connects to the Postgres at the URL or, without a URL, opens the PGlite database in the folder. */
export async function connectDatabase(folder: string, url: string | undefined) {
  const connection = url ? connectPostgres(url) : await openPglite(folder);
  setContextInOneStatement(connection);
  return connection;
}

function connectPostgres(url: string) {
  const connection = createPostgresConnection({ url, postgresOptions: { onnotice: () => {}, types } });
  sendFewerMessages(connection.driver);
  return connection;
}

async function openPglite(folder: string) {
  const connection = await createPgliteConnection({
    url: folder,
    pgliteOptions: { parsers: { [NUMERIC]: Number } },
  });
  await connection.driver.waitReady;
  return connection;
}

/**
 * The rights that a new hosted project gives to its roles. The sandbox grants the same rights, so that tests notice if a
 * migration lacks a `revoke`.
 */
const HOSTED_DEFAULTS = [
  "grant usage on schema public, auth, storage to anon, authenticated, service_role",
  ...["tables", "sequences", "functions"].map(
    (kind) => `alter default privileges in schema public grant all on ${kind} to anon, authenticated, service_role`,
  ),
];

/** Applies all migrations that the database does not have yet. */
export async function migrate(app: App): Promise<void> {
  // This call comes first: it creates the schemas `auth` and `storage`, which the statements below need.
  await app.ensureSystemSchema();
  for (const statement of AUTH_TABLES) await app.connection.exec(statement);
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
 * At the first request, @supabase/lite grants all rights on every table to every role. So this function makes a first request
 * now, and then runs the `grant` and `revoke` statements of the migrations again.
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

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "../../support/sql";
import { createOwnDatabase } from "../../support/create-database";
import { startServices } from "../../support/services";
import { createUser, signIn } from "../../support/users";

/** Runs the statement in a new sandbox with one user, then starts the sandbox again. */
async function startAgainAfter(statement: string) {
  const database = await createOwnDatabase();
  onTestFinished(database.drop);
  const dir = mkdtempSync(join(tmpdir(), "darkroom-"));
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

const users = (id: string) => `select count(*)::int as count from auth.users where id = '${id}'`;
/** As if the first migration had had another content when the database was made. */
const editFirst = `update supabase_migrations.schema_migrations set statements = array['select 1']
  where version = (select min(version) from supabase_migrations.schema_migrations)`;

test.skipIf(process.env.SANDBOX_DATABASE_URL)(
  "when a migration has changed, the local demo data starts over and the terminal says so",
  async () => {
    const { second, user } = await startAgainAfter(editFirst);
    const { process, env } = await second;
    expect(process.output()).toContain("The database schema has changed, so the local demo data was deleted");
    expect(await sql({ env }, users(user.id))).toEqual([{ count: 0 }]);
    await expect(signIn({ env })).resolves.toMatchObject({ email: env.DEMO_EMAIL });
  },
);

test.runIf(process.env.SANDBOX_DATABASE_URL)(
  "when a migration has changed, a database at SANDBOX_DATABASE_URL is refused and not touched",
  async () => {
    const { second, user, url = "" } = await startAgainAfter(editFirst);
    await expect(second).rejects.toThrow(/Its data was not touched. Point SANDBOX_DATABASE_URL to an empty database/);
    const database = postgres(url);
    expect(await database.unsafe(users(user.id))).toEqual([{ count: 1 }]);
    await database.end();
  },
);

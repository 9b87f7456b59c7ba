import type { Connection } from "@supabase/lite";
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { expect, test } from "vitest";
import { setContextInOneStatement } from "../../../../sandbox/supabase/database-context";

type SetCaller = (database: Kysely<unknown>, context: { auth: { role: string } }) => Promise<void>;

test.each([
  ["anon", "3s"],
  ["authenticated", "8s"],
  ["service_role", "8s"],
])("a statement of the role %s may take %s, as on a hosted project", async (role, limit) => {
  const settings: unknown[] = [];
  const database = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => {
      const names = [...query.sql.matchAll(/set_config\('([\w.]+)'/g)].map(([, name]) => name);
      settings.push(Object.fromEntries(names.map((name, index) => [name, query.parameters[index]])));
    },
  });
  const connection = {} as Connection;
  setContextInOneStatement(connection);
  const setCaller: SetCaller = Reflect.get(connection, "applyJwtSessionContext");
  await setCaller(database, { auth: { role } });
  expect(settings).toEqual([expect.objectContaining({ role, statement_timeout: limit })]);
});

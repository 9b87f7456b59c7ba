import { beforeAll, describe, expect, inject, test } from "vitest";
import { sql } from "../../support/sql";
import { seedRows } from "../../support/rows";
import { connect, connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);
const tables = [
  "account_deletions",
  "api_keys",
  "exports",
  "predictions",
  "sdxl_images",
  "uploads",
  "usage_daily",
] as const;
/** Tables that only administrators read. tests/integration/database/administrators.test.ts covers them. */
const adminTables = ["admins", "audit_log", "reports", "user_limits"];
/**
 * Tables that only the server uses, each with a column by which the test finds its rows, and another column that it tries to
 * change.
 */
const serverTables = {
  cancellations: ["replicate_id", "ends_at"],
  heartbeats: ["name", "beat_at"],
  pending_uploads: ["name", "created_at"],
  rate_limits: ["name", "full_at"],
  replicate_queue: ["kind", "last_turn_at"],
  storage_changes: ["user_id", "bytes"],
  storage_removals: ["prefix", "due_at"],
  storage_usage: ["user_id", "bytes"],
  webhook_events: ["host", "due_at"],
};

let owner: User;
let stranger: User;
let rows: Awaited<ReturnType<typeof seedRows>>;

beforeAll(async () => {
  owner = await createUser(stack);
  stranger = await createUser(stack);
  rows = await seedRows(stack, owner);
});

/** Returns the seeded row without the columns that the database sets itself, so that a client can try to insert it. */
function copyOf(table: (typeof tables)[number]) {
  return { ...rows[table], id: undefined, prompt_words: undefined, kind: undefined, outcome: undefined };
}

async function savedRow(table: (typeof tables)[number]) {
  const { data } = await service.from(table).select("*").eq("user_id", owner.id).throwOnError();
  return data;
}

test("these tests know every table", async () => {
  const found = await sql<{ relname: string }>(
    stack,
    `select relname from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by relname`,
  );
  expect(found.map(({ relname }) => relname)).toEqual(
    [...tables, ...adminTables, "admin_emails_seeded", ...Object.keys(serverTables)].toSorted(),
  );
});

test("every table needs a complete sign-in, unless only administrators read it", async () => {
  const found = await sql<{ name: string }>(
    stack,
    `select distinct tablename as name from pg_policies policy where schemaname = 'public' and not exists (
       select from pg_policies where schemaname = 'public' and tablename = policy.tablename and cmd = 'ALL'
         and permissive = 'RESTRICTIVE' and qual ~ '^\\( SELECT (public\\.)?is_admitted\\(\\)')
     order by name`,
  );
  expect(found.map(({ name }) => name)).toEqual(adminTables);
});

test("every table has row level security, and the check finds a table without it", async () => {
  const findOpen = `select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`;
  expect(await sql(stack, findOpen)).toEqual([]);
  await sql(stack, "create table public.forgotten (id int)");
  const found = await sql(stack, findOpen);
  await sql(stack, "drop table public.forgotten");
  expect(found).toEqual([{ relname: "forgotten" }]);
});

test("the only columns that a client may write are `favorite` and `alt`, as a signed-in user", async () => {
  const columns = `select role, relname as "table", attname as "column", verb
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped,
      unnest(array['anon', 'authenticated']) role, unnest(array['INSERT', 'UPDATE']) verb
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
      and has_column_privilege(role, pg_class.oid, attnum, verb)
    order by attname`;
  expect(await sql(stack, columns)).toEqual([
    { role: "authenticated", table: "sdxl_images", column: "alt", verb: "UPDATE" },
    { role: "authenticated", table: "sdxl_images", column: "favorite", verb: "UPDATE" },
  ]);
  const tables = `select role, relname as "table", verb
    from pg_class, unnest(array['anon', 'authenticated']) role, unnest(array['DELETE', 'TRUNCATE']) verb
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
      and has_table_privilege(role, pg_class.oid, verb)`;
  expect(await sql(stack, tables)).toEqual([]);
});

test.each(Object.entries(serverTables))("no client reads or changes %s", async (table, [key = "", column = ""]) => {
  const [mine, another] = key === "user_id" ? [crypto.randomUUID(), crypto.randomUUID()] : ["a server's", "another"];
  const [late, early] = column === "bytes" ? [2, 1] : ["2100-01-01", "2000-01-01"];
  const more = () => {
    const storage_path = `${owner.id}/incoming/${crypto.randomUUID()}.part`;
    if (table === "pending_uploads") return { user_id: owner.id, storage_path, bytes: 1 };
    const event = { user_id: owner.id, prediction_id: rows.predictions.id, kind: "start", state: {} };
    if (table === "webhook_events") return event;
    const hasPrediction = table === "storage_removals" || table === "cancellations";
    return hasPrediction ? { prediction_id: crypto.randomUUID() } : {};
  };
  // A sweep may move the rows of storage_changes to storage_usage at any time. So the test compares the sum of both tables.
  const readRows = async () => {
    if (table !== "storage_changes") {
      return (await service.from(table).select("*").in(key, [mine, another]).throwOnError()).data;
    }
    const users = await sql<Record<string, unknown>>(
      stack,
      `select u as user_id, stored_bytes(u) as bytes from unnest(array['${mine}', '${another}']::uuid[]) u`,
    );
    return users.filter(({ bytes }) => Number(bytes) !== 0);
  };
  await service
    .from(table)
    .insert({ [key]: mine, [column]: late, ...more() })
    .throwOnError();
  for (const client of [connect(stack), stranger.supabase]) {
    expect((await client.from(table).select("*")).data ?? []).toEqual([]);
    await client.from(table).delete().not(key, "is", null);
    await client
      .from(table)
      .update({ [column]: early })
      .not(key, "is", null);
    await client.from(table).insert({ [key]: another, [column]: late, ...more() });
  }
  const data = await readRows();
  expect(data).toMatchObject([{ [key]: mine }]);
  // Postgres and PGlite return a time in different formats, so the test compares only the date.
  expect(String(data[0]?.[column])).toContain(String(late));
  await service.from(table).delete().eq(key, mine).throwOnError();
});

describe.each(tables)("%s", (table) => {
  test("the owner can read the row", async () => {
    const { data } = await owner.supabase.from(table).select("*").throwOnError();
    expect(data).toEqual([rows[table]]);
  });

  test("the owner cannot insert, update or delete a row", async () => {
    const before = await savedRow(table);
    const day = table === "usage_daily" ? { day: "2026-01-02" } : {};
    const inserted = await owner.supabase.from(table).insert({ ...copyOf(table), ...day });
    const updated = await owner.supabase.from(table).update({ user_id: stranger.id }).eq("user_id", owner.id);
    const deleted = await owner.supabase.from(table).delete().eq("user_id", owner.id);
    expect([inserted.error?.code, updated.error?.code, deleted.error?.code]).toEqual(["42501", "42501", "42501"]);
    expect(await savedRow(table)).toEqual(before);
  });
});

test("a client changes only the favorite mark, and only of its own media", async () => {
  const { id } = rows.sdxl_images;
  const marked = await owner.supabase.from("sdxl_images").update({ favorite: true }).eq("id", id).select("favorite");
  expect(marked.data).toEqual([{ favorite: true }]);
  const renamed = await owner.supabase
    .from("sdxl_images")
    .update({ favorite: false, share_token: "mine" })
    .eq("id", id);
  expect(renamed.error?.code).toBe("42501");
  const foreign = await stranger.supabase.from("sdxl_images").update({ favorite: false }).eq("id", id).select("id");
  expect(foreign.data ?? []).toEqual([]);
  const anonymous = await connect(stack).from("sdxl_images").update({ favorite: false }).eq("id", id).select("id");
  expect(anonymous.data ?? []).toEqual([]);
  expect(await savedRow("sdxl_images")).toMatchObject([{ favorite: true, share_token: null }]);
});

test("an embedded table shows no rows of other users", async () => {
  const { data } = await stranger.supabase
    .from("predictions")
    .select("*, sdxl_images!sdxl_images_prediction_id_fkey(*)");
  expect(data ?? []).toEqual([]);
  const own = await owner.supabase
    .from("predictions")
    .select("id, sdxl_images!sdxl_images_prediction_id_fkey(id)")
    .throwOnError();
  expect(own.data).toEqual([{ id: rows.predictions.id, sdxl_images: [{ id: rows.sdxl_images.id }] }]);
});

test.each([
  ["auth", "users"],
  ["storage", "objects"],
  ["supabase_migrations", "schema_migrations"],
])("the tables of the schema %s cannot be read", async (schema, table) => {
  const { data, error } = await stranger.supabase.schema(schema).from(table).select("*");
  expect([data ?? [], error === null]).toEqual([[], false]);
});

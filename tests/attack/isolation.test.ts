import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "../support/sql";
import { seedRows } from "../support/rows";
import { connect, connectAsService, createUser } from "../support/users";
import { stack } from "./support/send-request";
import { addFigures } from "./support/figures";

// This file runs on PGlite with the other attacks, and on Postgres with the integration tests.

const owner = await createUser(stack);
const stranger = await createUser(stack);
const clients = { "a visitor": connect(stack), "another user": stranger.supabase };
const who = Object.keys(clients) as (keyof typeof clients)[];
const service = connectAsService(stack);
const tables = await readNames(
  "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by relname",
);
const generated = await readNames(
  "select column_name as name from information_schema.columns where table_schema = 'public' and is_generated = 'ALWAYS'",
);
const buckets = await readNames("select id as name from storage.buckets");
const secret = "the owner's image";
const path = `${owner.id}/${randomUUID()}/0.png`;
const png = (text: string) => new Blob([text], { type: "image/png" });
const contentType = "image/png";

/** For each table, a row of the owner, or a row that only the server or an administrator may read. */
const seeded: Record<string, Record<string, unknown>> = { ...(await seedRows(stack, owner)), ...(await seedOthers()) };

beforeAll(async () => {
  const { error } = await service.storage.from("images").upload(path, png(secret), { contentType });
  if (error) throw error;
});

test("R14 every table has a seeded row", () => {
  expect(Object.keys(seeded).sort()).toEqual(tables);
});

describe.each(tables)("R14 the table %s", (table) => {
  test.each(who)("gives %s no row", async (name) => {
    const from = () => clients[name].from(table);
    const column = Object.keys(seeded[table] ?? {})[0] ?? "";
    const answers = await Promise.all([
      from().select("*", { count: "exact" }),
      from().select("*", { count: "exact", head: true }),
      from().select(column),
      from().select("*").limit(1).maybeSingle(),
      from().select("*").or(`${column}.is.null,${column}.not.is.null`),
      from().select("*").csv(),
      from().select("count()"),
    ]);
    const rows = answers.flatMap(({ data }) => toRows(data));
    const counted = answers.reduce((sum, { count }) => sum + (count ?? 0), 0);
    addFigures(stack, "R14", { "tables × verbs × users": 1, "rows obtained": rows.length + counted });
    expect([rows, counted]).toEqual([[], 0]);
  });

  test.each(who)("does not let %s insert, update or delete", async (name) => {
    const from = () => clients[name].from(table);
    const before = await readRows(table);
    const row = toInsertable(seeded[table] ?? {});
    const [[column, value] = ["", ""]] = Object.entries(seeded[table] ?? {});
    const answers = [
      await from().insert(row),
      await from().insert({ ...row, ...("user_id" in row && { user_id: stranger.id }) }),
      await from().upsert({ ...row, ...(seeded[table]?.id !== undefined && { id: seeded[table].id }) }),
      await from()
        .update({ [column]: value })
        .eq(column, value)
        .select(),
      await from().delete().eq(column, value).select(),
    ];
    const after = await readRows(table);
    const changed = JSON.stringify(after) === JSON.stringify(before) ? 0 : 1;
    addFigures(stack, "R14", { "tables × verbs × users": 3, "rows changed": changed });
    expect(answers.slice(0, 3).map(({ error }) => error?.code)).toEqual(["42501", "42501", "42501"]);
    expect(answers.flatMap(({ data }) => toRows(data))).toEqual([]);
    expect(after).toEqual(before);
  });
});

describe.each(buckets)("R14 the bucket %s", (bucket) => {
  test.each(who)("shows %s no file and no bytes", async (name) => {
    const files = clients[name].storage.from(bucket);
    for (const folder of ["", owner.id, path.slice(0, path.lastIndexOf("/"))]) {
      expect((await files.list(folder)).data ?? []).toEqual([]);
    }
    const signed = await files.createSignedUrl(path, 60);
    const publicly = await fetch(files.getPublicUrl(path).data.publicUrl);
    const bytes = [await files.download(path), await files.info(path), signed].filter(({ data }) => data !== null);
    expect(bytes).toEqual([]);
    expect([publicly.ok, (await publicly.text()).includes(secret)]).toEqual([false, false]);
    addFigures(stack, "R14", { "buckets × verbs × users": 1, "bytes obtained": 0 });
  });

  test.each(who)("does not let %s add, overwrite, move, copy or delete", async (name) => {
    const files = clients[name].storage.from(bucket);
    const before = await listOwnerObjects();
    const answers = [
      ...(await Promise.all(
        [owner.id, stranger.id, "elsewhere", ".."].map((folder) =>
          files.upload(`${folder}/new.png`, png("x"), { contentType }),
        ),
      )),
      await files.createSignedUploadUrl(`${owner.id}/new.png`),
      await files.upload(path, png("mine"), { contentType, upsert: true }),
      await files.update(path, png("mine"), { contentType }),
      await files.move(path, `${stranger.id}/moved.png`),
      await files.copy(path, `${stranger.id}/copied.png`),
    ];
    expect(answers.filter(({ error }) => error === null)).toEqual([]);
    expect((await files.remove([path])).data ?? []).toEqual([]);
    const { storage } = clients[name];
    await Promise.all([
      storage.updateBucket(bucket, { public: true }),
      storage.emptyBucket(bucket),
      storage.deleteBucket(bucket),
      storage.createBucket("mine", { public: true }),
    ]);
    expect(await sql(stack, "select id, public from storage.buckets")).toEqual([{ id: "images", public: false }]);
    expect(await listOwnerObjects()).toEqual(before);
    expect(await (await service.storage.from(bucket).download(path)).data?.text()).toBe(secret);
    addFigures(stack, "R14", { "buckets × verbs × users": 3, "objects changed": 0 });
  });
});

async function readNames(query: string): Promise<string[]> {
  return (await sql<{ name: string }>(stack, query)).map(({ name }) => name);
}

/** Returns the row without its id and generated columns, so that a client can try to insert it. */
function toInsertable(row: Record<string, unknown>): Record<string, unknown> {
  const filled = ["id", ...generated];
  return Object.fromEntries(Object.entries(row).filter(([column]) => !filled.includes(column)));
}

/**
 * Returns the rows that contain the owner's id, because other tests may change all other rows. A sweep may move rows from
 * storage_changes to storage_usage at any time. So for these two tables, returns the sum of both.
 */
function readRows(table: string) {
  if (table === "storage_changes" || table === "storage_usage") {
    return sql(stack, `select stored_bytes('${owner.id}') as bytes`);
  }
  const row = `to_jsonb(${table})`;
  return sql(stack, `select ${row} as row from ${table} where ${row}::text like '%${owner.id}%'`);
}

function listOwnerObjects() {
  return sql(
    stack,
    `select name, metadata->>'size' as size from storage.objects where name like '%${owner.id}%' or name like '%${stranger.id}%'`,
  );
}

/** Inserts a row into each table that only the server or administrators use. */
async function seedOthers() {
  const [prediction] = await sql<{ id: string }>(stack, `select id from predictions where user_id = '${owner.id}'`);
  const event = { prediction_id: prediction?.id, user_id: owner.id, host: "a.example", kind: "start", state: {} };
  const rows = {
    rate_limits: { name: `login ${owner.id}`, full_at: "2100-01-01T00:00:00Z" },
    heartbeats: { name: `a round of ${owner.id}`, beat_at: "2100-01-01T00:00:00Z" },
    cancellations: { prediction_id: randomUUID(), ends_at: "2100-01-01T00:00:00Z" },
    replicate_queue: { kind: `a queue of ${owner.id}`, last_turn_at: "2100-01-01T00:00:00Z" },
    // These two rows belong to no user of the tests, because a sweep may merge them at any time.
    storage_changes: { user_id: randomUUID(), bytes: 1 },
    storage_usage: { user_id: randomUUID(), bytes: 1 },
    storage_removals: { prefix: `${owner.id}/`, prediction_id: randomUUID(), due_at: "2100-01-01T00:00:00Z" },
    webhook_events: { ...event, due_at: "2100-01-01T00:00:00Z" },
    pending_uploads: { user_id: owner.id, storage_path: `${owner.id}/incoming/0.part`, name: "a.mp4", bytes: 1 },
  };
  for (const [table, row] of Object.entries<object>(rows)) await service.from(table).insert(row).throwOnError();
  const id = randomUUID();
  // The server's role cannot insert these rows, because only functions for administrators may. So SQL inserts them.
  const forAdmins = {
    admins: { user_id: owner.id },
    admin_emails_seeded: { email: owner.email, seeded_at: "2026-01-01T00:00:00Z" },
    audit_log: { target_id: owner.id, action: "test" },
    reports: { id, reason: "other", reporter: owner.id },
    user_limits: { user_id: owner.id, daily_images: 1000 },
  };
  for (const [table, row] of Object.entries(forAdmins)) {
    const values = Object.values(row).map((value) => `'${value}'`);
    await sql(stack, `insert into ${table} (${Object.keys(row).join()}) values (${values.join()})`);
  }
  // The seeded prediction is never due, so that no sweep changes it.
  await service.from("predictions").update({ next_at: "2100-01-01" }).eq("user_id", owner.id).throwOnError();
  return { ...rows, ...forAdmins };
}

function toRows(data: unknown): unknown[] {
  if (typeof data === "string") return data.trim() === "" ? [] : [data];
  return data === null || data === undefined ? [] : [data].flat();
}

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { createApi, listAccepted } from "../support/api";
import { fillAccount, findTablesWith, listTables, TABLES_WITHOUT_USERS } from "../support/full-account";
import { makeSavedImage } from "../support/saved-image";
import { sql } from "../support/sql";
import { sweep } from "../support/sweep";
import { connectAsService, createUser, type User } from "../support/users";

const stack = inject("stack");
const soon = { timeout: 40_000 };

async function createAccount() {
  const user = await createUser(stack);
  return { user, api: createApi(stack, user) };
}

/** Sweeps once, and then returns whether the account still exists. */
async function exists({ id }: User) {
  await sweep(stack);
  return (await sql(stack, `select id from auth.users where id = '${id}'`)).length > 0;
}
/** Makes the deletion due now. The next sweep deletes the account. */
const makeDue = ({ id }: User) =>
  sql(
    stack,
    `insert into account_deletions (user_id, due_at) values ('${id}', now())
     on conflict (user_id) do update set due_at = now()`,
  );
const totalUsed = async () => {
  const [row] = await sql<{ used: number; usd: string }>(
    stack,
    "select sum(used)::int as used, sum(usd)::text as usd from usage_daily where user_id = '00000000-0000-0000-0000-000000000000'",
  );
  return row;
};

test("a deleted account leaves nothing that names its user, in no table and not in the bucket", async () => {
  const { user, api } = await createAccount();
  await fillAccount(stack, api, user);
  // Before the deletion, each table of users must have a row of this user. An empty table would not test the deletion.
  const expected = (await listTables(stack)).filter((table) => !(table in TABLES_WITHOUT_USERS));
  const listFilled = async () => {
    // The row is inserted again for each poll, because a sweep may empty this table at any time.
    await sql(stack, `insert into storage_changes (user_id, bytes) values ('${user.id}', 0)`);
    return findTablesWith(stack, user.id, user.email);
  };
  await expect.poll(listFilled).toEqual(expected);
  const folder = join(stack.dir, "supabase/storage/images", user.id);
  expect(existsSync(folder)).toBe(true);
  const before = await totalUsed();

  await makeDue(user);
  await expect.poll(() => exists(user), soon).toBe(false);
  // Ten minutes after the first removal, the app removes the files again, because a save may still have been running. The test
  // makes the second removal due now.
  const advance = async () => {
    await sweep(stack);
    return sql(stack, `update storage_removals set due_at = now() where prefix like '${user.id}/%' returning prefix`);
  };
  await expect.poll(advance, soon).toEqual([]);
  expect(await findTablesWith(stack, user.id, user.email)).toEqual([]);
  expect(await sql(stack, `select name from storage.objects where name like '${user.id}/%'`)).toEqual([]);
  expect(await totalUsed()).toEqual(before);
  const foreignKeys = await sql<{ table_name: string }>(
    stack,
    `select conrelid::regclass::text as table_name from pg_constraint where contype = 'f' and confrelid = 'auth.users'::regclass
       and connamespace = 'public'::regnamespace`,
  );
  expect(foreignKeys.filter(({ table_name }) => table_name in TABLES_WITHOUT_USERS)).toEqual([]);
});

test("the check finds a table that does not join the deletion", async () => {
  const { user } = await createAccount();
  await sql(stack, "create table public.notes (writer uuid, words jsonb)");
  try {
    await sql(stack, `insert into notes values (null, '{"by": "${user.id}"}')`);
    await makeDue(user);
    await expect.poll(() => exists(user), soon).toBe(false);
    expect(await findTablesWith(stack, user.id, user.email)).toEqual(["notes"]);
  } finally {
    await sql(stack, "drop table public.notes");
  }
});

test("every session is dead within five seconds, and a running prediction is canceled", async () => {
  const { user, api } = await createAccount();
  const { image } = await makeSavedImage(api, "seen a moment ago");
  const words = "running while I leave [slow]";
  const { id } = await api.create({ prompt: words });
  await api.until(id, ({ status }) => status === "processing");
  const read = async () => Promise.all(["/api/usage", image.url].map(async (path) => (await api.ask(path)).status));
  expect(await read()).toEqual([200, 200]);
  await makeDue(user);
  await expect.poll(() => exists(user), soon).toBe(false);
  const start = performance.now();
  await expect.poll(read, { timeout: 20_000, interval: 200 }).toEqual([401, 404]);
  // Each server trusts a verified token for five seconds. Two more seconds are for the last poll, which may be slow.
  expect(performance.now() - start).toBeLessThan(7_000);
  await expect
    .poll(async () => (await listAccepted(stack, words)).map(({ status }) => status), soon)
    .toEqual(["canceled"]);
});

test("a deletion that stopped half way is continued", async () => {
  const { user, api } = await createAccount();
  await makeSavedImage(api, "half gone");
  await makeSavedImage(api, "not gone yet");
  await sql(
    stack,
    `insert into account_deletions (user_id, due_at, leased_until) values ('${user.id}', now(), now() + interval '2 seconds')`,
  );
  // Runs only the first steps of the deletion, like a server that crashes half way.
  const service = connectAsService(stack);
  await service.rpc("end_sessions", { p_user: user.id }).throwOnError();
  await service.rpc("delete_predictions", { p_user: user.id, p_limit: 1 }).throwOnError();
  expect(await sql(stack, `select id from predictions where user_id = '${user.id}'`)).toHaveLength(1);
  await expect.poll(() => exists(user), soon).toBe(false);
});

test("until the deletion is due, the account works and can be kept; after that, it cannot", async () => {
  const { user, api } = await createAccount();
  const service = connectAsService(stack);
  const request = (p_days: number) =>
    service.rpc("request_account_deletion", { p_user: user.id, p_days }).throwOnError();
  const keep = () => service.rpc("keep_account", { p_user: user.id }).throwOnError();
  const { data: first } = await request(7);
  expect(Date.parse(first as string) - Date.now()).toBeGreaterThan(6 * 86_400_000);
  // A second request to delete the account does not change the time.
  expect((await request(0)).data).toBe(first);
  expect((await api.submit({ input: { prompt: "still here" } })).status).toBe(201);
  await keep();
  expect(await sql(stack, `select due_at from account_deletions where user_id = '${user.id}'`)).toEqual([]);
  await sql(
    stack,
    `insert into account_deletions (user_id, due_at, leased_until) values ('${user.id}', now(), now() + interval '1 second')`,
  );
  await keep();
  await expect.poll(() => exists(user), soon).toBe(false);
});

import { beforeAll, expect, inject, test } from "vitest";
import { startRow } from "../../support/rows";
import { sql } from "../../support/sql";
import { connect, connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
let user: User;

beforeAll(async () => {
  user = await createUser(stack);
});

type Fn = {
  name: string;
  args: string[] | null;
  definer: boolean;
  path: string[] | null;
  anon: boolean;
  user: boolean;
};

/** Lists all SQL functions except trigger functions, which clients cannot call. */
const functions = () =>
  sql<Fn>(
    stack,
    `select proname as name, to_json(proargnames[1:pronargs]) as args, prosecdef as definer, to_json(proconfig) as path,
       has_function_privilege('anon', oid, 'execute') as anon, has_function_privilege('authenticated', oid, 'execute') as "user"
     from pg_proc where pronamespace = 'public'::regnamespace and prorettype <> 'trigger'::regtype order by proname`,
  );

/** Functions that only read. They have the rights of their caller. */
const readers = [
  "export_revision",
  "gallery_choices",
  "history_models",
  "history_totals",
  "list_export_files",
  "list_export_predictions",
  "list_media_parents",
  "recent_prompts",
];
/** Functions for the caller's own sessions. Clients cannot read the table of sessions itself. */
const ofSessions = ["end_session", "list_sessions"];
/** Functions that only return what their caller may do. The policies of row level security call them. */
const checks = ["admin_access", "is_admitted"];
/** Functions that check that their caller is an administrator. */
const forAdmins = [
  "add_admin",
  "block_user",
  "describe_installation",
  "dismiss_report",
  "get_user",
  "list_reports",
  "list_user_emails",
  "list_users",
  "log_invitation",
  "permit_sharing",
  "remove_admin",
  "set_user_limits",
  "take_down_media",
  "unblock_user",
];
const forUsers = [...readers, ...ofSessions, ...checks];

test("clients may execute only functions that have the caller's rights, or check them", async () => {
  const found = await functions();
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter((fn) => fn.anon)).toEqual([]);
  expect(found.filter((fn) => fn.user).map(({ name, definer }) => ({ name, definer }))).toEqual(
    [...forUsers, ...forAdmins].toSorted().map((name) => ({ name, definer: !readers.includes(name) })),
  );
});

test("every function for administrators begins with the check of their rights", async () => {
  const begins = await sql<{ name: string }>(
    stack,
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace
       and prosrc ~ '^\\s*(declare.*?)?begin\\s+perform public.require_admin\\(\\);' order by proname`,
  );
  expect(begins.map(({ name }) => name)).toEqual(forAdmins);
});

test("every function has a fixed search path", async () => {
  const found = await functions();
  expect(found.filter(({ path }) => !path?.includes('search_path=""')).map(({ name }) => name)).toEqual([]);
});

test("a function that a visitor or a user may not execute answers with an error", async () => {
  for (const { name, args } of await functions()) {
    const nothing = Object.fromEntries((args ?? []).map((arg) => [arg, null]));
    for (const client of [connect(stack), ...(forUsers.includes(name) ? [] : [user.supabase])]) {
      const { data, error } = await client.rpc(name, nothing);
      expect([name, error?.code, data]).toEqual([name, "42501", null]);
    }
  }
});

test("an output keeps the order of the model's files, and does not shrink", async () => {
  const first = { image: "https://replicate.delivery/a.png" };
  const output = { image: "https://replicate.delivery/a.png", mask: "https://replicate.delivery/b.png", "an id": 5 };
  const service = connectAsService(stack);
  const p_id = await startRow(stack, user);
  const update = (p_update: object) =>
    service.rpc("update_prediction", { p_id, p_lease: null, p_update, p_next_in: 60 }).throwOnError();
  await update({ status: "processing", replicate_id: p_id, output, file_count: 2 });
  // This update was sent before the update above, but arrives after it.
  await update({ status: "processing", replicate_id: p_id, output: first, file_count: 1 });
  await update({ status: "succeeded", replicate_id: p_id, output: null, file_count: 0 });
  const { data } = await service
    .from("predictions")
    .select("output, file_count")
    .eq("id", p_id)
    .single()
    .throwOnError();
  expect(data.file_count).toBe(2);
  expect(Object.entries(data.output as object)).toEqual(Object.entries(output));
});

import { Secret, TOTP } from "otpauth";
import { beforeAll, expect, inject, test } from "vitest";
import { ageSignIn, createAdmin, readAuditLog } from "../../support/admins";
import { sql } from "../../support/sql";
import { connect, connectAsService, createUser, type User } from "../../support/users";

const stack = inject("stack");
const service = connectAsService(stack);

let admin: User;

beforeAll(async () => {
  admin = await createAdmin(stack);
});

const accessOf = async (client: User["supabase"]) => (await client.rpc("admin_access").throwOnError()).data as string;
const outcomeOf = async (client: User["supabase"], name: string, user: Pick<User, "id">, more: object = {}) =>
  (await client.rpc(name, { p_user: user.id, ...more }).throwOnError()).data as string;
const seed = (user: User, email = user.email) =>
  service.rpc("seed_admin", { p_user: user.id, p_email: email }).throwOnError();

test("an address makes its user an administrator once, and only when it is confirmed", async () => {
  const user = await createUser(stack);
  await sql(stack, `update auth.users set email_confirmed_at = null where id = '${user.id}'`);
  await seed(user);
  expect(await accessOf(user.supabase)).toBe("none");
  await sql(stack, `update auth.users set email_confirmed_at = now() where id = '${user.id}'`);
  await seed(user, "another@darkroom.test");
  expect(await accessOf(user.supabase)).toBe("none");
  await seed(user, user.email.toUpperCase());
  expect(await accessOf(user.supabase)).toBe("granted");
  expect(await outcomeOf(admin.supabase, "remove_admin", user)).toBe("done");
  await seed(user);
  expect(await accessOf(user.supabase)).toBe("none");
  expect(await readAuditLog(stack, user.id)).toEqual([
    { actor_id: null, action: "seed_admin", details: {} },
    { actor_id: admin.id, action: "remove_admin", details: {} },
  ]);
});

test("the rights of an administrator need a sign-in of the last ten minutes in a session that has not ended", async () => {
  const other = await createAdmin(stack);
  expect(await accessOf(connect(stack, await ageSignIn(stack, other, 9)))).toBe("granted");
  const third = await createAdmin(stack);
  expect(await accessOf(connect(stack, await ageSignIn(stack, third, 11)))).toBe("sign_in_again");
  const bySms = await createAdmin(stack);
  const ofSession = `session_id in (select id from auth.sessions where user_id = '${bySms.id}')`;
  await sql(stack, `update auth.mfa_amr_claims set authentication_method = 'mfa/phone' where ${ofSession}`);
  expect(await accessOf(connect(stack, await ageSignIn(stack, bySms, 0)))).toBe("sign_in_again");
  await sql(stack, `delete from auth.sessions where user_id = '${other.id}'`);
  expect(await accessOf(other.supabase)).toBe("none");
});

test("the code of an authenticator app is no sign-in, but belongs to one", async () => {
  const other = await createAdmin(stack);
  await ageSignIn(stack, other, 11);
  const { auth } = connect(stack);
  await auth.setSession({ access_token: other.accessToken, refresh_token: other.refreshToken });
  const { data: enrolled } = await auth.mfa.enroll({ factorType: "totp", friendlyName: "Phone" });
  if (enrolled?.type !== "totp") throw new Error("There is no factor.");
  const enterCode = async () => {
    const code = new TOTP({ secret: Secret.fromBase32(enrolled.totp.secret) }).generate();
    const { data, error } = await auth.mfa.challengeAndVerify({ factorId: enrolled.id, code });
    if (error) throw error;
    return accessOf(connect(stack, data.access_token));
  };
  expect(await enterCode()).toBe("sign_in_again");
  await auth.signInWithPassword(other);
  expect(await enterCode()).toBe("granted");
});

test("an administrator with an authenticator app needs its code", async () => {
  const other = await createAdmin(stack);
  const factor = (status: string) =>
    sql(
      stack,
      `insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
       values (gen_random_uuid(), '${other.id}', 'totp', '${status}', now(), now())`,
    );
  await factor("unverified");
  expect(await accessOf(other.supabase)).toBe("granted");
  await factor("verified");
  expect(await accessOf(other.supabase)).toBe("second_factor");
  const { error } = await other.supabase.rpc("list_users", {
    p_search: "",
    p_before_at: null,
    p_before_id: null,
    p_limit: 1,
  });
  expect(error?.code).toBe("42501");
});

test("a blocked administrator has no rights", async () => {
  const other = await createAdmin(stack);
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${other.id}', now())`);
  expect(await accessOf(other.supabase)).toBe("none");
});

test("an administrator makes and removes others, but not of a blocked user or of an unconfirmed address", async () => {
  const user = await createUser(stack);
  expect(await outcomeOf(admin.supabase, "add_admin", { id: crypto.randomUUID() })).toBe("not_found");
  await sql(stack, `update auth.users set email_confirmed_at = null where id = '${user.id}'`);
  expect(await outcomeOf(admin.supabase, "add_admin", user)).toBe("not_confirmed");
  await sql(stack, `update auth.users set email_confirmed_at = now() where id = '${user.id}'`);
  await sql(stack, `insert into user_limits (user_id, blocked_at) values ('${user.id}', now())`);
  expect(await outcomeOf(admin.supabase, "add_admin", user)).toBe("is_blocked");
  await sql(stack, `update user_limits set blocked_at = null where user_id = '${user.id}'`);
  expect(await outcomeOf(admin.supabase, "add_admin", user)).toBe("done");
  expect(await outcomeOf(admin.supabase, "add_admin", user)).toBe("is_admin");
  expect(await outcomeOf(admin.supabase, "block_user", user, { p_reason: "no" })).toBe("is_admin");
  expect(await outcomeOf(user.supabase, "remove_admin", user)).toBe("done");
  expect(await outcomeOf(admin.supabase, "remove_admin", user)).toBe("not_found");
});

test("the last administrator stays, even if two remove each other at the same time", async () => {
  const [one, two] = [await createAdmin(stack), await createAdmin(stack)];
  const others = `delete from admins where user_id not in ('${one.id}', '${two.id}') returning user_id`;
  const removed = await sql<{ user_id: string }>(stack, others);
  try {
    const removals = await Promise.all([
      one.supabase.rpc("remove_admin", { p_user: two.id }),
      two.supabase.rpc("remove_admin", { p_user: one.id }),
    ]);
    const answers = removals.map(({ data, error }) => String(data ?? error?.code));
    expect(answers).toEqual(expect.arrayContaining(["42501", "done"]));
    const [last] = await sql<{ user_id: string }>(stack, "select user_id from admins");
    const client = last?.user_id === one.id ? one.supabase : two.supabase;
    expect(await outcomeOf(client, "remove_admin", { id: last?.user_id ?? "" })).toBe("last_admin");
  } finally {
    for (const { user_id } of removed) await sql(stack, `insert into admins (user_id) values ('${user_id}')`);
  }
});

test("nobody changes the log, not even the owner of the database or the secret key", async () => {
  const user = await createUser(stack);
  await outcomeOf(admin.supabase, "add_admin", user);
  const before = await readAuditLog(stack, user.id);
  for (const statement of [
    "update audit_log set action = 'nothing'",
    "update audit_log set details = '{}', target_id = null",
    `update audit_log set actor_id = null where actor_id = '${admin.id}'`,
    `update audit_log set target_id = '${admin.id}' where target_id = '${user.id}'`,
    "delete from audit_log",
    "truncate audit_log",
  ]) {
    await expect(sql(stack, statement)).rejects.toThrow("500");
  }
  for (const client of [service, admin.supabase]) {
    const row = { action: "block_user", target_id: user.id };
    const answers = [
      await client.from("audit_log").insert(row),
      await client.from("audit_log").update(row).eq("target_id", user.id),
      await client.from("audit_log").delete().eq("target_id", user.id),
    ];
    expect(answers.map(({ error }) => error?.code)).toEqual(["42501", "42501", "42501"]);
  }
  expect(await readAuditLog(stack, user.id)).toEqual(before);
});

test("the log keeps what a deleted account did, without its id", async () => {
  const [gone, user] = [await createAdmin(stack), await createUser(stack)];
  await outcomeOf(gone.supabase, "set_user_limits", user, { p_limits: { daily_images: 7 } });
  await outcomeOf(gone.supabase, "add_admin", user);
  await outcomeOf(gone.supabase, "remove_admin", gone);
  await sql(stack, `delete from auth.users where id = '${gone.id}'`);
  expect(await readAuditLog(stack, user.id)).toMatchObject([
    { actor_id: null, action: "set_user_limits", details: { daily_images: 7, daily_usd: null } },
    { actor_id: null, action: "add_admin" },
  ]);
  const mentions = await sql(stack, `select id from audit_log where to_jsonb(audit_log)::text like '%${gone.id}%'`);
  expect(mentions).toEqual([]);
});

test("the tables of administrators are read with an administrator's own token, and by nobody else", async () => {
  const user = await createUser(stack);
  await outcomeOf(admin.supabase, "set_user_limits", user, { p_limits: { daily_images: 7 } });
  await sql(stack, "insert into reports (reason, reporter) values ('other', 'x')");
  const old = connect(stack, await ageSignIn(stack, await createAdmin(stack), 11));
  for (const [table, column] of [
    ["admins", "user_id"],
    ["user_limits", "user_id"],
    ["reports", "id"],
    ["audit_log", "id"],
  ] as const) {
    const read = async (client: User["supabase"]) => (await client.from(table).select(column)).data ?? [];
    expect([table, (await read(admin.supabase)).length > 0]).toEqual([table, true]);
    for (const client of [connect(stack), user.supabase, old]) expect(await read(client)).toEqual([]);
  }
});

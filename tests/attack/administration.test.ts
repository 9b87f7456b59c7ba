import { beforeAll, describe, expect, test } from "vitest";
import { ageSignIn, createAdmin } from "../support/admins";
import { sql } from "../support/sql";
import { connect, connectAsService, createUser, signIn, type User } from "../support/users";
import { type Form, readForms, submitForm } from "./support/forms";
import { sendRequest, stack } from "./support/send-request";

const admin = await createAdmin(stack);
const victim = await createUser(stack);
const withToken = (user: User, accessToken: string): User => ({
  ...user,
  accessToken,
  bearer: { Authorization: `Bearer ${accessToken}` },
  cookie: cookieOf(user, accessToken),
  supabase: connect(stack, accessToken),
});

/** Returns the session cookie of a user, with this access token. */
function cookieOf({ id, email }: User, access_token: string) {
  const session = {
    access_token,
    refresh_token: "unused",
    token_type: "bearer",
    expires_in: 3600,
    expires_at: Math.floor(Date.now() / 1000) + 3600,
    user: { id, email },
  };
  return { Cookie: `sb-127-auth-token=base64-${Buffer.from(JSON.stringify(session)).toString("base64url")}` };
}

async function createOldAdmin() {
  const user = await createAdmin(stack);
  return withToken(user, await ageSignIn(stack, user, 11));
}

async function createChangedAdmin(change: (user: User) => string) {
  const user = await createAdmin(stack);
  await sql(stack, change(user));
  return user;
}

/** The users, and the visitor (null), who must not have the rights of an administrator. */
const attackers: Record<string, User | null> = {
  "a visitor": null,
  "a user": await createUser(stack),
  "an administrator with an old sign-in": await createOldAdmin(),
  "a blocked administrator": await createChangedAdmin(
    ({ id }) => `insert into user_limits (user_id, blocked_at) values ('${id}', now())`,
  ),
  "an administrator without the second factor": await createChangedAdmin(
    ({ id }) =>
      `insert into auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at)
       values (gen_random_uuid(), '${id}', 'totp', 'verified', now(), now())`,
  ),
  "an administrator who has signed out": await createChangedAdmin(
    ({ id }) => `delete from auth.sessions where user_id = '${id}'`,
  ),
  "a removed administrator": await createChangedAdmin(({ id }) => `delete from admins where user_id = '${id}'`),
};
const who = Object.keys(attackers);

/** Returns the contents of all tables that administrators can change. */
async function readState() {
  const [row] = await sql(
    stack,
    `select (select json_agg(a order by user_id) from admins a) as admins,
      (select json_agg(l order by user_id) from user_limits l) as limits,
      (select json_agg(r order by id) from reports r) as reports,
      (select count(*)::int from audit_log) as entries,
      (select count(*)::int from auth.users) as users,
      (select count(*)::int from auth.sessions where user_id = '${victim.id}') as sessions,
      (select count(*)::int from sdxl_images where taken_down_at is not null) as taken_down`,
  );
  return row;
}

type Fn = { name: string; args: string[] | null };

/**
 * The SQL functions for administrators. Every user can call them through Supabase's API, so they check the rights of their
 * caller.
 */
const functions = await sql<Fn>(
  stack,
  `select proname as name, to_json(proargnames[1:pronargs]) as args
   from pg_proc where pronamespace = 'public'::regnamespace and prosrc ~ 'perform public.require_admin'
   order by proname`,
);
/** Arguments that would work for an administrator. */
const given: Record<string, unknown> = {
  p_user: victim.id,
  p_users: [victim.id],
  p_limits: { daily_images: 1_000_000 },
  p_reason: "x",
  p_search: "",
  p_limit: 100,
  p_open: true,
  p_media: victim.id,
  p_report: victim.id,
};
const argumentsOf = ({ args }: Fn, user: string = victim.id) =>
  Object.fromEntries((args ?? []).map((arg) => [arg, arg === "p_user" ? user : (given[arg] ?? null)]));
const clientOf = (user: User | null) => user?.supabase ?? connect(stack);

let before: Awaited<ReturnType<typeof readState>>;
beforeAll(async () => {
  before = await readState();
});

test("there are functions to attack, and they work for an administrator", async () => {
  expect(functions.length).toBeGreaterThan(10);
  const list = functions.find(({ name }) => name === "list_users");
  expect((await admin.supabase.rpc("list_users", argumentsOf(list!))).error).toBeNull();
});

describe.each(who)("%s", (name) => {
  const attacker = attackers[name] ?? null;

  test.each(functions)("cannot call $name, for another user or for itself", async (fn) => {
    for (const user of [victim.id, attacker?.id ?? victim.id]) {
      const { data, error } = await clientOf(attacker).rpc(fn.name, argumentsOf(fn, user));
      expect([error?.code, data]).toEqual(["42501", null]);
    }
  });

  test("cannot open a page for administrators, with a cookie or with a token", async () => {
    for (const path of ["", "/installation", "/reports", "/log", `/users/${victim.id}`]) {
      for (const more of [{ in: attacker }, { as: attacker }]) {
        const request = Object.fromEntries(Object.entries(more).filter(([, user]) => user));
        const answer = await sendRequest({ path: `/dashboard/admin${path}`, ...request });
        expect([307, 404]).toContain(answer.status);
        expect([answer.text.includes(victim.email), answer.text.includes(admin.email)]).toEqual([false, false]);
      }
    }
  });

  test("cannot send the forms of an administrator", async () => {
    for (const form of await formsOfAdmin()) {
      const fields = { user: victim.id, id: victim.id, reason: "x", daily_images: "9", email: "new@darkroom.test" };
      const request = submitForm(form, fields, { headers: { origin: stack.appUrl } });
      const answer = await sendRequest({ ...request, ...(attacker && { in: attacker }) });
      expect([303, 307, 404]).toContain(answer.status);
      expect(answer.headers.get("location") ?? "/login").toMatch(/\/login/);
    }
  });
});

let forms: Promise<Form[]> | undefined;
function formsOfAdmin(): Promise<Form[]> {
  forms ??= Promise.all(
    ["/dashboard/admin", "/dashboard/admin/reports", `/dashboard/admin/users/${victim.id}`].map((path) =>
      readForms(path, admin),
    ),
  ).then((found) => found.flat().filter(({ hidden }) => hidden.some(([key]) => key === "user" || key === "id")));
  return forms;
}

test("the functions of the server refuse users and administrators, and the secret key has no rights of an administrator", async () => {
  const serverOnly = [
    "seed_admin",
    "report_media",
    "find_shared_media",
    "describe_user",
    "log_change",
    "require_admin",
  ];
  for (const client of [connect(stack), victim.supabase, admin.supabase]) {
    for (const name of serverOnly) expect((await client.rpc(name, {})).error).not.toBeNull();
    const seeded = await client.rpc("seed_admin", { p_user: victim.id, p_email: victim.email });
    expect(seeded.error?.code).toBe("42501");
  }
  for (const fn of functions) {
    expect((await connectAsService(stack).rpc(fn.name, argumentsOf(fn))).error?.code).toBe("42501");
  }
});

test("a user cannot become an administrator by what the account says about itself", async () => {
  const { error } = await victim.supabase.auth.updateUser({ data: { role: "admin", is_admin: true } });
  expect(error === null || error.code !== undefined || error.name === "AuthSessionMissingError").toBe(true);
  const again = await signIn(stack, victim.email, victim.password);
  expect((await again.supabase.rpc("admin_access")).data).toBe("none");
  await sql(stack, `delete from auth.sessions where user_id = '${victim.id}' and id::text <> '${sessionOf(victim)}'`);
});

function sessionOf({ accessToken }: User): string {
  return JSON.parse(Buffer.from(accessToken.split(".")[1] ?? "", "base64url").toString()).session_id as string;
}

test("after all attacks, nothing has changed", async () => {
  expect(await readState()).toEqual(before);
});

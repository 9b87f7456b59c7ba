import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { readMail, sql } from "../support/sql";
import { connect, connectAsService, createUser, signIn } from "../support/users";

const stack = inject("stack");
const { admin } = connectAsService(stack).auth;
const newEmail = () => `${randomUUID()}@darkroom.test`;
const password = "correct horse battery";
/** The name of the client's error for the error code `session_not_found`. */
const ENDED = "AuthSessionMissingError";

test("users are created, listed in pages, found and changed", async () => {
  const email = newEmail();
  const { data: created } = await admin.createUser({
    email,
    password,
    email_confirm: true,
    user_metadata: { name: "Ann" },
    app_metadata: { plan: "free" },
  });
  const id = created.user?.id ?? "";
  expect(created.user).toMatchObject({ email, user_metadata: { name: "Ann" }, app_metadata: { plan: "free" } });
  expect((await signIn(stack, email, password)).id).toBe(id);
  expect((await admin.createUser({ email })).error).toMatchObject({ status: 422, code: "email_exists" });

  await admin.createUser({ email: newEmail() });
  const { data: page } = await admin.listUsers({ page: 1, perPage: 1 });
  const total = "total" in page ? page.total : 0;
  expect([page.users.map(({ identities }) => identities), total > 1]).toEqual([[null], true]);
  // The test reads the header `Link` itself, because the client reads only the first digit of each page number in this header.
  const headers = { apikey: stack.env.SUPABASE_SECRET_KEY ?? "" };
  const response = await fetch(`${stack.supabaseUrl}/auth/v1/admin/users?page=1&per_page=1`, { headers });
  const link = (number: number, rel: string) => `</admin/users?page=${number}&per_page=1>; rel="${rel}"`;
  expect(response.headers.get("link")).toBe(`${link(2, "next")}, ${link(total, "last")}`);
  expect((await admin.getUserById(id)).data.user?.email).toBe(email);
  expect((await admin.getUserById(randomUUID())).error).toMatchObject({ status: 404, code: "user_not_found" });

  const { data: changed } = await admin.updateUserById(id, {
    app_metadata: { plan: "pro" },
    user_metadata: { name: null },
  });
  expect(changed.user).toMatchObject({ app_metadata: { plan: "pro", provider: "email" } });
  expect(changed.user?.user_metadata).not.toHaveProperty("name");
});

test("a blocked user neither signs in nor renews a session, until the block is lifted", async () => {
  const user = await createUser(stack);
  await admin.updateUserById(user.id, { ban_duration: "1h30m" });
  const client = connect(stack);
  expect((await client.auth.signInWithPassword(user)).error).toMatchObject({ status: 400, code: "user_banned" });
  expect((await client.auth.getUser(user.accessToken)).error).toMatchObject({ status: 403, code: "user_banned" });
  const refresh = () => connect(stack).auth.refreshSession({ refresh_token: user.refreshToken });
  expect((await refresh()).error).toMatchObject({ status: 400, code: "user_banned" });
  await admin.updateUserById(user.id, { ban_duration: "none" });
  expect((await refresh()).error).toBeNull();
  expect((await admin.updateUserById(user.id, { ban_duration: "a day" })).error?.code).toBe("validation_failed");
});

test("a password that an administrator sets ends all sessions of the user", async () => {
  const user = await createUser(stack);
  await admin.updateUserById(user.id, { password: "set by an administrator" });
  expect((await connect(stack).auth.getUser(user.accessToken)).error?.name).toBe(ENDED);
  expect((await signIn(stack, user.email, "set by an administrator")).id).toBe(user.id);
});

test("a deleted user is gone with all rows, or leaves an account without address", async () => {
  const [first, second] = [await createUser(stack), await createUser(stack)];
  await admin.deleteUser(first.id);
  const tables = ["identities", "sessions", "one_time_tokens", "mfa_factors"];
  const count = tables.map((table) => `(select count(*) from auth.${table} where user_id = '${first.id}')`).join(" + ");
  expect(await sql(stack, `select (${count})::int as left`)).toEqual([{ left: 0 }]);
  expect((await connect(stack).auth.getUser(first.accessToken)).error?.code).toBe("user_not_found");

  await admin.deleteUser(second.id, true);
  const { data } = await admin.getUserById(second.id);
  expect(data.user?.deleted_at).toBeDefined();
  expect(data.user?.email).not.toContain("@");
  expect((await connect(stack).auth.getUser(second.accessToken)).error?.name).toBe(ENDED);
  // The address of the deleted user can be used for a new account.
  expect((await connect(stack).auth.signUp({ email: second.email, password })).error).toBeNull();
});

test("an invited user gets an e-mail, accepts, and then chooses a password", async () => {
  const email = newEmail();
  const { data } = await admin.inviteUserByEmail(email);
  expect(data.user?.invited_at).toBeDefined();
  const { subject, link, hash } = await readMail(stack, email);
  expect([subject, new URL(link ?? "").searchParams.get("type")]).toEqual(["You are invited to Darkroom", "invite"]);
  const client = connect(stack);
  expect((await client.auth.verifyOtp({ token_hash: hash, type: "invite" })).data.user?.id).toBe(data.user?.id);
  expect((await client.auth.updateUser({ password })).error).toBeNull();
  expect((await admin.inviteUserByEmail(email)).error).toMatchObject({ status: 422, code: "email_exists" });
});

test("links are made without sending an e-mail", async () => {
  const user = await createUser(stack);
  const { data } = await admin.generateLink({ type: "recovery", email: user.email });
  expect(new URL(data.properties?.action_link ?? "").pathname).toBe("/auth/v1/verify");
  const token = data.properties?.email_otp ?? "";
  const { data: session } = await connect(stack).auth.verifyOtp({ email: user.email, token, type: "recovery" });
  expect(session.user?.id).toBe(user.id);
  const unknown = await admin.generateLink({ type: "recovery", email: newEmail() });
  expect(unknown.error).toMatchObject({ status: 404, code: "user_not_found" });
});

test("only the secret key administers: neither the publishable one nor a user does", async () => {
  const user = await createUser(stack);
  for (const client of [connect(stack), user.supabase]) {
    expect((await client.auth.admin.listUsers()).error).toMatchObject({ status: 403, code: "not_admin" });
    expect((await client.auth.admin.deleteUser(user.id)).error).toMatchObject({ status: 403, code: "not_admin" });
    expect((await client.auth.admin.inviteUserByEmail(newEmail())).error?.code).toBe("not_admin");
  }
});

import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { readMails } from "../../support/sql";
import { connect, createUser, signIn } from "../../support/users";

const stack = inject("stack");

test("the demo account signs in with its password", async () => {
  const demo = await signIn(stack);
  expect((await demo.supabase.auth.getUser(demo.accessToken)).data.user?.email).toBe(stack.env.DEMO_EMAIL);
});

test("a new account signs in only with its own password", async () => {
  const { email } = await createUser(stack);
  const { error } = await connect(stack).auth.signInWithPassword({ email, password: "not the password" });
  expect(error?.code).toBe("invalid_credentials");
});

test("a magic link leads to the app, and its token signs in once", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  const client = connect(stack);
  expect((await client.auth.signInWithOtp({ email })).error).toBeNull();

  const [mail] = await readMails(stack);
  expect(mail).toMatchObject({ to: email, subject: "Sign in to Darkroom" });
  const link = new URL(mail?.link ?? "");
  expect(`${link.origin}${link.pathname}`).toBe(`${stack.appUrl}/auth/confirm`);
  expect(link.searchParams.get("type")).toBe("email");

  const token_hash = link.searchParams.get("token_hash") ?? "";
  const first = await client.auth.verifyOtp({ token_hash, type: "email" });
  expect(first.data.user?.email).toBe(email);
  const second = await connect(stack).auth.verifyOtp({ token_hash, type: "email" });
  expect(second.error).not.toBeNull();
});

test("after signing out, the session's refresh token no longer works", async () => {
  const { email, password } = await createUser(stack);
  const client = connect(stack);
  const { data } = await client.auth.signInWithPassword({ email, password });
  await client.auth.signOut({ scope: "local" });
  const { error } = await connect(stack).auth.refreshSession({ refresh_token: data.session?.refresh_token ?? "" });
  expect(error).not.toBeNull();
});

import { afterEach, expect, inject, test } from "vitest";
import { ageSignIns, createAccount } from "../support/accounts";
import { sql } from "../support/sql";
import { connect, expire, signIn } from "../support/users";
import { awaitMail, createVisitor } from "../support/visitor";

const stack = inject("stack");
const next = "/dashboard/gallery";
const path = `/login/again?next=${encodeURIComponent(next)}`;

afterEach(() => sql(stack, "delete from rate_limits"));

/** Returns a browser whose user signed in an hour ago. */
async function signedInLongAgo() {
  const account = await createAccount(stack);
  const session = await signIn(stack, account.email, account.password);
  await ageSignIns(stack, account.id);
  const visitor = createVisitor(stack.appUrl);
  const [name = "", value = ""] = expire(session).Cookie.split(/=(.*)/s);
  visitor.jar.set(name, value);
  return { ...account, visitor, session };
}

test("a user with a recent sign-in goes straight on", async () => {
  const { email, password } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  await visitor.submit(await visitor.open("/login"), { email, password });
  expect((await visitor.open(path)).url).toBe(next);
});

test("the password of the same user leads on, and the new session replaces the old one", async () => {
  const { email, password, visitor, id } = await signedInLongAgo();
  const page = await visitor.open(path);
  expect(page.url).toBe(path);
  expect(page.words).toContain(`To continue, confirm that you are ${email}`);
  const [old] = await sql<{ id: string }>(stack, `select id from auth.sessions where user_id = '${id}'`);
  expect((await visitor.submit(page, { password: "wrong" })).words).toContain("E-mail or password is wrong");
  expect((await visitor.submit(page, { password })).url).toBe(next);
  const sessions = await sql<{ id: string }>(stack, `select id from auth.sessions where user_id = '${id}'`);
  expect(sessions).toHaveLength(1);
  expect(sessions).not.toContainEqual(old);
});

test("the password of another user is refused, whatever address the form names", async () => {
  const other = await createAccount(stack);
  await connect(stack).auth.signInWithPassword(other);
  const { visitor, email } = await signedInLongAgo();
  const page = await visitor.open(path);
  const answer = await visitor.submit(page, { email: other.email, password: `${other.password} of another` });
  expect(answer.words).toContain("E-mail or password is wrong");
  expect((await visitor.open("/dashboard/history")).words).toContain(email);
});

test("a code by e-mail leads on too", async () => {
  const { visitor, email } = await signedInLongAgo();
  const form = await visitor.submit(await visitor.open(`${path}&with=code`), { next });
  expect(form.words).toContain(`An e-mail to ${email} is on its way.`);
  const { code } = await awaitMail(stack, email);
  expect((await visitor.submit(form, { step: "code", code })).url).toBe(next);
});

test("a visitor who is not signed in signs in first", async () => {
  expect((await createVisitor(stack.appUrl).open(path)).url).toMatch(/^\/login\?next=/);
});

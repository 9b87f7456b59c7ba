import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import { createAccount, isPassword } from "../support/accounts";
import { readNewestMail } from "../support/mails";
import { sql } from "../support/sql";
import { connect } from "../support/users";
import { awaitMail, createVisitor, type Visitor } from "../support/visitor";

const stack = inject("stack");
const mine = "a password of mine";

afterEach(() => sql(stack, "delete from rate_limits"));

async function signUp(visitor: Visitor, email: string) {
  const page = await visitor.open("/login?with=account&next=/dashboard/gallery");
  return visitor.submit(page, { email, password: mine });
}

test("a new account keeps its password after it was confirmed with the code in the same browser", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  const visitor = createVisitor(stack.appUrl);
  const page = await signUp(visitor, email);
  expect(page.words).toContain(`To finish, confirm ${email}`);
  const { code } = await awaitMail(stack, email);
  expect(await isPassword(stack, email, mine)).toBe(false);
  expect((await visitor.submit(page, { step: "code", code })).url).toBe("/dashboard/gallery");
  expect(await isPassword(stack, email, mine)).toBe(true);
});

test("an address that has an account gets the same answer, and no e-mail", async () => {
  const { email, password } = await createAccount(stack);
  const page = await signUp(createVisitor(stack.appUrl), email);
  expect(page.words).toContain(`To finish, confirm ${email}`);
  expect((await readNewestMail(stack, email)).count).toBe(0);
  expect(await isPassword(stack, email, password)).toBe(true);
});

test("if somebody else has signed up with the address first, the owner chooses a password again", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  const theirs = "a password of theirs";
  await connect(stack).auth.signUp({ email, password: theirs });
  const earlier = "now() - interval '5 minutes'";
  await sql(
    stack,
    `update auth.users set created_at = ${earlier}, confirmation_sent_at = ${earlier} where email = '${email}'`,
  );

  const owner = createVisitor(stack.appUrl);
  const page = await signUp(owner, email);
  const { code } = await awaitMail(stack, email, 2);
  const form = await owner.submit(page, { step: "code", code });
  expect(form.url).toBe("/login/new-password?next=%2Fdashboard%2Fgallery");
  expect(await isPassword(stack, email, theirs)).toBe(false);
  expect((await owner.submit(form, { password: mine })).url).toBe("/dashboard/gallery");
  expect(await isPassword(stack, email, mine)).toBe(true);
});

test("an account that was confirmed with the link on another device chooses its password there", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  await signUp(createVisitor(stack.appUrl), email);
  const { link } = await awaitMail(stack, email);
  const phone = createVisitor(stack.appUrl);
  const page = await phone.open(link);
  expect(page.words).toContain("This link was requested in another browser, or by somebody else.");
  expect((await phone.submit(page, { elsewhere: "yes" })).url).toBe("/login/new-password?next=%2Fdashboard");
});

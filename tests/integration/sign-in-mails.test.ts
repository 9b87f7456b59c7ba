import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test } from "vitest";
import { createAccount, isPassword } from "../support/accounts";
import { sql } from "../support/sql";
import { connect } from "../support/users";
import { awaitMail, createVisitor, type Page, type Visitor } from "../support/visitor";

const stack = inject("stack");
const mine = "a password of mine";

// All tests request e-mails from the same IP address. This deletes the counts of its limit.
afterEach(() => sql(stack, "delete from rate_limits"));

const newAddress = () => `${randomUUID()}@darkroom.test`;

async function request(visitor: Visitor, email: string, way: "link" | "account" | "recover") {
  const page = await visitor.open(`/login?with=${way}&next=/dashboard/gallery`);
  return visitor.submit(page, { email, ...(way === "account" && { password: mine }) });
}
const enter = (visitor: Visitor, page: Page, code: string) => visitor.submit(page, { step: "code", code });

test("the code of an e-mail signs in once, with or without spaces, and leads to the next page", async () => {
  const { email } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  const page = await request(visitor, email, "link");
  expect(page.words).toContain(`If ${email} can sign in here, an e-mail is on its way.`);
  const { code } = await awaitMail(stack, email);
  expect((await enter(visitor, page, "12 34")).words).toContain("Enter the six digits");
  expect((await enter(visitor, page, "000 000")).words).toContain("This code or link is wrong");
  const spaced = `${code.slice(0, 3)} ${code.slice(3)} `;
  expect((await enter(visitor, page, spaced)).url).toBe("/dashboard/gallery");
  await sql(stack, "delete from rate_limits");
  expect((await enter(createVisitor(stack.appUrl), page, code)).words).toContain("was already used");
});

test("an e-mail can be sent again after a minute, and only the newest code works", async () => {
  const { email } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  const page = await request(visitor, email, "link");
  const { code: first } = await awaitMail(stack, email);
  const early = await visitor.submit(page, { step: "resend" });
  expect(early.words).toMatch(/An e-mail was already sent to .* The next one can be sent in \d+ seconds\./);
  await sql(stack, "delete from rate_limits");
  await sql(stack, `update auth.users set recovery_sent_at = now() - interval '2 minutes' where email = '${email}'`);
  const again = await visitor.submit(early, { step: "resend" });
  const { code } = await awaitMail(stack, email, 2);
  expect((await enter(visitor, again, first)).words).toContain("Use the newest e-mail");
  expect((await enter(visitor, again, code)).url).toBe("/dashboard/gallery");
});

test("a forgotten password is replaced after the code, and the other sessions end", async () => {
  const { email, password } = await createAccount(stack);
  const other = await connect(stack).auth.signInWithPassword({ email, password });
  const visitor = createVisitor(stack.appUrl);
  const page = await request(visitor, email, "recover");
  const { code } = await awaitMail(stack, email);
  const form = await enter(visitor, page, code);
  expect(form.url).toBe("/login/new-password?next=%2Fdashboard%2Fgallery");
  expect((await visitor.submit(form, { password: "short" })).words).toContain("Use at least 8 characters");
  expect((await visitor.submit(form, { password })).words).toContain("This is already your password");
  expect((await visitor.submit(form, { password: mine })).url).toBe("/dashboard/gallery");
  expect([await isPassword(stack, email, mine), await isPassword(stack, email, password)]).toEqual([true, false]);
  const token = other.data.session?.refresh_token ?? "";
  expect((await connect(stack).auth.refreshSession({ refresh_token: token })).data.session).toBeNull();
  expect((await visitor.open("/dashboard/gallery")).url).toBe("/dashboard/gallery");
});

test("a new address gets an account with the first e-mail, and needs no password", async () => {
  const email = newAddress();
  const visitor = createVisitor(stack.appUrl);
  const page = await request(visitor, email, "link");
  const { code } = await awaitMail(stack, email);
  expect((await enter(visitor, page, code)).url).toBe("/dashboard/gallery");
});

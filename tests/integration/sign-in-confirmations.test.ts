import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createAccount, isPassword } from "../support/accounts";
import { readNewestMail } from "../support/mails";
import { sql } from "../support/sql";
import { startStack, type Stack } from "../support/stack";
import { connect, signIn } from "../support/users";
import { awaitMail, createVisitor, type Visitor } from "../support/visitor";

// These tests use a stack in which each address must be confirmed, as in the settings of a public site.

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ env: { SANDBOX_CONFIRM: "1" } });
});
afterAll(() => stack?.stop());
const mine = "a password of mine";
const theirs = "a password of theirs";

afterEach(() => sql(stack, "delete from rate_limits"));

async function signUp(visitor: Visitor, email: string) {
  const page = await visitor.open("/login?with=account&next=/dashboard/gallery");
  return visitor.submit(page, { email, password: mine });
}

/** Signs up with an address and a password, and does not confirm it. */
async function signUpElsewhere(email: string) {
  const { error } = await connect(stack).auth.signUp({ email, password: theirs });
  if (error) throw error;
  await sql(
    stack,
    `update auth.users set created_at = now() - interval '5 minutes', confirmation_sent_at = now() - interval '5 minutes' where email = '${email}'`,
  );
}

const hashOf = (link: string) => ({ token_hash: new URL(link).searchParams.get("token_hash") ?? "" });

/** Returns a browser in which this account is signed in. */
async function signedIn({ email, password }: { email: string; password: string }) {
  const visitor = createVisitor(stack.appUrl);
  await visitor.submit(await visitor.open("/login"), { email, password });
  return visitor;
}
const accountIn = async (visitor: Visitor) =>
  /Signed in as (\S+)/.exec((await visitor.open("/dashboard/history")).words)?.[1];

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

test("an address that has an account gets the same answer as any other, and no e-mail", async () => {
  const { email: known, password } = await createAccount(stack);
  const answers = [known, `${randomUUID()}@darkroom.test`].map(async (email) => {
    const { status, words, cookies, url } = await signUp(createVisitor(stack.appUrl), email);
    return {
      status,
      url,
      words: words.replaceAll(email, "EMAIL"),
      cookies: cookies.map((cookie) => cookie.split("=")[0]),
    };
  });
  const [first, second] = await Promise.all(answers);
  expect(first?.words).toContain("To finish, confirm EMAIL: an e-mail is on its way.");
  expect(first).toEqual(second);
  expect((await readNewestMail(stack, known)).count).toBe(0);
  expect(await isPassword(stack, known, password)).toBe(true);
});

test("if somebody else has signed up with the address first, the owner chooses a password again", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  await signUpElsewhere(email);
  const owner = createVisitor(stack.appUrl);
  const page = await signUp(owner, email);
  const { code } = await awaitMail(stack, email, 2);
  const form = await owner.submit(page, { step: "code", code });
  expect(form.url).toBe("/login/new-password?next=%2Fdashboard%2Fgallery");
  expect(await isPassword(stack, email, theirs)).toBe(false);
  expect((await owner.submit(form, { password: mine })).url).toBe("/dashboard/gallery");
  expect(await isPassword(stack, email, mine)).toBe(true);
});

test("also with a link of Supabase's own templates, which confirms the address before the button is pressed", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  await signUpElsewhere(email);
  const owner = createVisitor(stack.appUrl);
  await signUp(owner, email);
  const { token_hash } = hashOf((await awaitMail(stack, email, 2)).link);
  const url = `${stack.supabaseUrl}/auth/v1/verify?token=${token_hash}&type=signup&redirect_to=${stack.appUrl}/auth/confirm`;
  const { headers } = await fetch(url, {
    redirect: "manual",
    headers: { apikey: stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "" },
  });
  await sql(stack, `update auth.users set email_confirmed_at = now() - interval '20 seconds' where email = '${email}'`);
  const { pathname, search, searchParams } = new URL(headers.get("location") ?? "");
  const form = await owner.submit(await owner.open(pathname + search), { code: searchParams.get("code") ?? "" });
  expect(form.url).toBe("/login/new-password?next=%2Fdashboard%2Fgallery");
  expect(await isPassword(stack, email, theirs)).toBe(false);
});

test("an account that was confirmed with the link on another device chooses its password there", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  await signUp(createVisitor(stack.appUrl), email);
  const { link } = await awaitMail(stack, email);
  const phone = createVisitor(stack.appUrl);
  const page = await phone.open(link);
  expect(page.words).toContain("You or another person requested this link in another browser.");
  expect((await phone.submit(page, { elsewhere: "yes" })).url).toBe("/login/new-password?next=%2Fdashboard");
});

test("somebody who has signed up with the address of another person cannot enter the account of that person", async () => {
  const email = `${randomUUID()}@darkroom.test`;
  await signUpElsewhere(email);
  const owner = createVisitor(stack.appUrl);
  const page = await owner.submit(await owner.open("/login?with=link&next=/dashboard/gallery"), { email });
  const { code } = await awaitMail(stack, email, 2);
  expect((await owner.submit(page, { step: "code", code })).url).toBe("/dashboard/gallery");
  expect(await isPassword(stack, email, theirs)).toBe(false);
});

describe("a change of the address", () => {
  /** Requests a change of the address. `links` are the links of the e-mails to the old and to the new address. */
  async function changeAddress() {
    const account = await createAccount(stack);
    const next = `new-${account.email}`;
    const { supabase, accessToken, refreshToken } = await signIn(stack, account.email, account.password);
    const client = connect(stack, accessToken);
    await client.auth.setSession({ access_token: accessToken, refresh_token: refreshToken });
    const { error } = await client.auth.updateUser({ email: next });
    if (error) throw error;
    const links = [(await awaitMail(stack, account.email)).link, (await awaitMail(stack, next)).link];
    return { account, next, supabase, links };
  }
  const confirm = async (visitor: Visitor, link: string) => visitor.submit(await visitor.open(link), hashOf(link));

  test("needs both links, says so after the first, and signs nobody in", async () => {
    const { account, next, links } = await changeAddress();
    const visitor = createVisitor(stack.appUrl);
    const first = await confirm(visitor, links[0] ?? "");
    expect(first.words).toContain("One of the two addresses is confirmed");
    expect(await accountIn(await signedIn(account))).toBe(account.email);
    const second = await confirm(visitor, links[1] ?? "");
    expect(second.words).toContain("Your e-mail address is changed");
    expect((await visitor.open("/dashboard/history")).url).toMatch(/^\/login\?/);
    expect(await accountIn(await signedIn({ ...account, email: next }))).toBe(next);
  });

  test("keeps a user who is signed in", async () => {
    const { account, next, links } = await changeAddress();
    const visitor = await signedIn(account);
    for (const link of links) await confirm(visitor, link);
    await expect.poll(() => accountIn(visitor)).toBe(next);
  });
});

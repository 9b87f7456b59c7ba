import { afterEach, expect, inject, test } from "vitest";
import { createAccount } from "../support/accounts";
import { readNewestMail } from "../support/mails";
import { sql } from "../support/sql";
import { connect } from "../support/users";
import { awaitMail, createVisitor, type Visitor } from "../support/visitor";

const stack = inject("stack");

afterEach(() => sql(stack, "delete from rate_limits"));

/** Requests an e-mail in this browser, and returns the link in the e-mail. */
async function requestLink(visitor: Visitor, email: string, way = "link") {
  await visitor.submit(await visitor.open(`/login?with=${way}&next=/dashboard/gallery`), { email });
  return (await awaitMail(stack, email)).link;
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

test("a link that programs have opened still signs in, with one click, once", async () => {
  const { email } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  const link = await requestLink(visitor, email);
  const scanner = createVisitor(stack.appUrl);
  for (const method of ["HEAD", "GET", "HEAD", "GET"]) {
    const answer = await scanner.request(link, { method });
    expect([answer.status, answer.cookies]).toEqual([200, []]);
  }
  const page = await visitor.open(link);
  expect(page.words).toContain("Sign in to Darkroom This link works only once.");
  expect((await visitor.submit(page, hashOf(link))).url).toBe("/dashboard/gallery");
  expect(await accountIn(visitor)).toBe(email);

  await sql(stack, "delete from rate_limits");
  const again = await visitor.submit(page, hashOf(link));
  expect(again.url).toBe("/auth/confirm?error_code=otp_expired");
  expect(again.words).toContain("wrong, has expired or was already used");
  expect(again.words).toContain(`Continue as ${email}`);
});

test("in a browser that did not ask for it, a link says so, offers the code, and signs in only after that", async () => {
  const { email } = await createAccount(stack);
  const link = await requestLink(createVisitor(stack.appUrl), email);
  const other = createVisitor(stack.appUrl);
  const page = await other.open(link);
  expect(page.words).toContain(
    "You or another person requested this link in another browser. If it was not you, close this page.",
  );
  expect(page.words).toContain("To sign in with the other browser, enter the code from the e-mail");
  expect((await other.submit(page, { elsewhere: "yes", ...hashOf(link) })).url).toBe("/dashboard/generate");
  expect(await accountIn(other)).toBe(email);
});

test("a browser that asked for an e-mail to one address is not signed in to another account without a word", async () => {
  const [victim, attacker] = [await createAccount(stack), await createAccount(stack)];
  const link = await requestLink(createVisitor(stack.appUrl), attacker.email);
  const browser = createVisitor(stack.appUrl);
  await requestLink(browser, victim.email);
  const answer = await browser.submit(await browser.open(link), hashOf(link));
  expect(answer.words).toContain("This link is not for the e-mail address that you entered in this browser.");
  expect((await browser.open("/dashboard/history")).url).toMatch(/^\/login\?/);
  expect((await connect(stack).auth.verifyOtp({ ...hashOf(link), type: "email" })).error).not.toBeNull();
});

test("a link for another account asks first, and names the account that is signed in", async () => {
  const [user, other] = [await createAccount(stack), await createAccount(stack)];
  const link = await requestLink(createVisitor(stack.appUrl), other.email);
  const visitor = await signedIn(user);
  const page = await visitor.open(link);
  expect(page.words).toContain(`Stay signed in as ${user.email}`);
  expect(await accountIn(visitor)).toBe(user.email);
  await visitor.submit(page, { elsewhere: "yes" });
  expect(await accountIn(visitor)).toBe(other.email);
});

test("another site cannot press the button", async () => {
  const { email } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  const link = await requestLink(visitor, email);
  const answer = await visitor.request(link, {
    method: "POST",
    body: new FormData(),
    headers: { origin: "https://evil.example" },
  });
  expect([answer.status, answer.cookies]).toEqual([403, []]);
});

test("a link for a new password leads to the page for it", async () => {
  const { email } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  const link = await requestLink(visitor, email, "recover");
  expect((await visitor.submit(await visitor.open(link), hashOf(link))).url).toMatch(/^\/login\/new-password\?/);
});

test.each([
  ["/auth/confirm", "This code or link is wrong, has expired or was already used."],
  ["/auth/confirm?code=abc", "This link works only in the browser where it was requested."],
  ["/auth/confirm?error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid", "has expired"],
  ["/auth/confirm?error=access_denied&error_code=user_banned", "This account is blocked."],
  ["/?error=invalid_request&error_code=bad_oauth_state", "This sign-in was interrupted, or took too long."],
])("%s says what happened", async (path, words) => {
  expect((await createVisitor(stack.appUrl).open(path)).words).toContain(words);
});

test("a link of Supabase's own templates works in the browser that asked for it, and only there", async () => {
  const { email } = await createAccount(stack);
  const visitor = createVisitor(stack.appUrl);
  const token = hashOf(await requestLink(visitor, email)).token_hash;
  const url = `${stack.supabaseUrl}/auth/v1/verify?token=${token}&type=magiclink&redirect_to=${stack.appUrl}/auth/confirm`;
  const { headers } = await fetch(url, {
    redirect: "manual",
    headers: { apikey: stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "" },
  });
  const { pathname, search, searchParams } = new URL(headers.get("location") ?? "");
  expect(pathname).toBe("/auth/confirm");
  const elsewhere = await createVisitor(stack.appUrl).open(pathname + search);
  expect(elsewhere.words).toContain("This link works only in the browser where it was requested.");
  const page = await visitor.open(pathname + search);
  expect((await visitor.submit(page, { code: searchParams.get("code") ?? "" })).url).toBe("/dashboard/gallery");
  expect((await readNewestMail(stack, email)).count).toBe(1);
});

import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ageSignIns, createAccount } from "../support/accounts";
import { followRedirects, startOpenIdProvider } from "../support/open-id-provider";
import { sql } from "../support/sql";
import { startStack, type Stack } from "../support/stack";
import { expire, signIn } from "../support/users";
import { createVisitor, type Visitor } from "../support/visitor";

let stack: Stack;
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  const services = { SANDBOX_CONFIRM: "1", SANDBOX_OAUTH_ISSUER: provider.issuer };
  stack = await startStack({ env: { ...services, AUTH_PROVIDERS: "google,github,gitlab" } });
});
afterEach(() => sql(stack, "delete from rate_limits"));
afterAll(async () => {
  await stack?.stop();
  await provider?.stop();
});

const newAccount = (email = `${randomUUID()}@darkroom.test`, email_verified = true) => ({
  sub: randomUUID(),
  email,
  email_verified,
  name: "Ann Example",
});
let account = newAccount();
beforeEach(() => {
  account = newAccount();
  provider.signInAs(account);
});

/**
 * Returns the headers that an old browser sends when its user follows a link on a page of the app. Without `Sec-Fetch-Site`, the
 * app checks `Referer`. The test cannot send `Sec-Fetch-Site: same-origin`, because the app would also require
 * `Sec-Fetch-Mode: navigate`, and Node overwrites this second header.
 */
const byLink = () => ({ referer: `${stack.appUrl}/login` });
const next = "/dashboard/gallery";
const start = (name: string) => `/auth/provider/${name}?next=${encodeURIComponent(next)}`;

/** Signs in at the provider, and returns the path of the app to which the provider redirects, with the code. */
async function goThere(visitor: Visitor, name = "google") {
  const { location } = await visitor.request(start(name), { headers: byLink() });
  const { pathname, search } = await followRedirects(location ?? "", `${stack.appUrl}/`);
  return pathname + search;
}
const openBrowser = () => createVisitor(stack.appUrl);

test("a sign-in at another service leads back to the next page, signed in", async () => {
  const visitor = openBrowser();
  const login = await visitor.open(`/login?next=${encodeURIComponent(next)}`);
  expect(login.words).toContain("Continue with Google Continue with GitHub Continue with GitLab");
  expect(login.text).toContain(`href="${start("google")}"`);
  const back = await goThere(visitor);
  expect(back).toMatch(/^\/auth\/callback\?code=/);
  expect((await visitor.open(back)).url).toBe(next);
  expect((await visitor.open(next)).words).toContain(account.email);
});

test("a code signs in once, and only in the browser that has started", async () => {
  const visitor = openBrowser();
  const back = await goThere(visitor);
  const other = openBrowser();
  expect((await other.open(back)).words).toContain("This link works only in the browser where it was requested.");
  expect((await visitor.open(back)).url).toBe(next);
  const third = openBrowser();
  for (const [name, value] of visitor.jar) if (name.includes("verifier")) third.jar.set(name, value);
  expect((await third.open(back)).url).toMatch(/^\/login\?.*problem=/);
});

test.each([
  ["another site", { "sec-fetch-site": "cross-site" }],
  ["a typed address", { "sec-fetch-site": "none" }],
  ["a script on an own page", { "sec-fetch-site": "same-origin" }],
  ["an old browser on another site", { referer: "https://evil.example/" }],
])("%s cannot start a sign-in", async (_, headers) => {
  const answer = await openBrowser().request(start("google"), { headers });
  expect([answer.location, answer.cookies]).toEqual([`/login?next=${encodeURIComponent(next)}`, []]);
});

test("only the providers of AUTH_PROVIDERS can be started", async () => {
  expect((await openBrowser().request(start("discord"), { headers: byLink() })).location).toMatch(/^\/login\?next=/);
});

test("a provider that is off in Supabase is explained on our own page", async () => {
  const visitor = openBrowser();
  const { location } = await visitor.request(start("gitlab"), { headers: byLink() });
  expect((await visitor.open(location ?? "")).words).toContain("This site does not offer this way to sign in.");
});

test("a user who says no there can choose another way here", async () => {
  provider.signInAs(null);
  const visitor = openBrowser();
  const page = await visitor.open(await goThere(visitor));
  expect(page.url).toMatch(/^\/login\?/);
  expect(page.words).toContain("You did not allow the service to sign you in here.");
});

test("an address that is not confirmed there does not sign in", async () => {
  const existing = await createAccount(stack);
  provider.signInAs(newAccount(existing.email, false));
  const visitor = openBrowser();
  const page = await visitor.open(await goThere(visitor));
  expect(page.words).toContain("Your e-mail address is not confirmed at the service that you sign in with.");
});

test("a confirmed address there takes over an account that was never confirmed, without its password", async () => {
  const unconfirmed = { email: account.email, password: "a password of theirs" };
  const visitor = openBrowser();
  await visitor.submit(await visitor.open("/login?with=account"), unconfirmed);
  const owner = openBrowser();
  expect((await owner.open(await goThere(owner))).url).toBe(next);
  const attacker = openBrowser();
  expect((await attacker.submit(await attacker.open("/login"), unconfirmed)).words).toContain(
    "E-mail or password is wrong",
  );
});

test("whoever is signed in cannot become somebody else, also when signing in again", async () => {
  const user = await createAccount(stack);
  const session = await signIn(stack, user.email, user.password);
  await ageSignIns(stack, user.id);
  const visitor = openBrowser();
  const [name = "", value = ""] = expire(session).Cookie.split(/=(.*)/s);
  visitor.jar.set(name, value);
  await visitor.open(`/login/again?next=${encodeURIComponent(next)}`);
  const refused = await visitor.open(await goThere(visitor));
  expect(refused.url).toMatch(/^\/login\/again\?/);
  expect(refused.words).toContain(
    "This browser is already signed in to another account. To switch accounts, sign out first.",
  );
  expect((await visitor.open(next)).words).toContain(user.email);

  provider.signInAs(newAccount(user.email));
  expect((await visitor.open(await goThere(visitor))).url).toBe(next);
});

test("an account there is connected and disconnected, which ends what was opened with it", async () => {
  const user = await createAccount(stack);
  const visitor = openBrowser();
  await visitor.submit(await visitor.open("/login"), { email: user.email, password: user.password });
  const { location } = await visitor.request("/dashboard/account/connect/google", { headers: byLink() });
  const back = await followRedirects(location ?? "", `${stack.appUrl}/`);
  const connected = await visitor.open(back.pathname + back.search);
  expect(connected.words).toContain(account.email);
  const other = openBrowser();
  await other.open(await goThere(other));
  expect((await other.open(next)).words).toContain(user.email);

  const [, identity = ""] = /name="identity" value="([^"]+)"/.exec(connected.text) ?? [];
  await visitor.submit(connected, { identity });
  await expect.poll(async () => (await other.open(next)).url).toMatch(/^\/login\?/);
  expect((await visitor.open("/dashboard/account")).words).toContain("Connect Google");
});

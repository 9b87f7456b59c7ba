import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ageSignIns } from "../support/accounts";
import { claimsOf } from "../support/claims";
import { followRedirects, startOpenIdProvider } from "../support/open-id-provider";
import { createPkceClient } from "../support/pkce-client";
import { readMail, sql } from "../support/sql";
import { startStack, type Stack } from "../support/stack";
import { connect } from "../support/users";

// Tests the sign-in with an account of another service, and the rules by which it is linked to an existing user.

let stack: Stack;
let provider: Awaited<ReturnType<typeof startOpenIdProvider>>;

beforeAll(async () => {
  provider = await startOpenIdProvider();
  const env = {
    SANDBOX_CONFIRM: "1",
    SANDBOX_OAUTH_ISSUER: provider.issuer,
    SANDBOX_OAUTH_PROVIDERS: "google,github,keycloak",
  };
  stack = await startStack({ next: false, env });
});
afterAll(async () => {
  await stack.stop();
  await provider.stop();
});

const password = "correct horse battery";
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

/** Returns functions that sign in and link accounts, as in a new browser. */
function openBrowser() {
  const { auth } = createPkceClient(stack);
  const redirectTo = `${stack.appUrl}/auth/callback`;
  const follow = (url: string | null | undefined) => followRedirects(url ?? "", redirectTo);
  return {
    auth,
    /** Signs in at the provider, and returns the URL to which the browser is redirected at the end. */
    async start(name: "google" | "github" | "keycloak" = "google") {
      const { data } = await auth.signInWithOAuth({
        provider: name,
        options: { redirectTo, skipBrowserRedirect: true },
      });
      return follow(data.url);
    },
    async signIn(name: "google" | "github" | "keycloak" = "google") {
      const url = await this.start(name);
      const { data, error } = await auth.exchangeCodeForSession(url.searchParams.get("code") ?? "");
      if (error) throw error;
      return data;
    },
    async link(name: "google" | "github") {
      const { data, error } = await auth.linkIdentity({
        provider: name,
        options: { redirectTo, skipBrowserRedirect: true },
      });
      if (error) throw error;
      return follow(data.url);
    },
  };
}
const providersOf = (user: { identities?: { provider: string }[] | undefined } | null) =>
  user?.identities?.map(({ provider: name }) => name);

test("a first sign-in creates a confirmed account, a second one finds it", async () => {
  const { user, session } = await openBrowser().signIn();
  expect(user).toMatchObject({ email: account.email, user_metadata: { full_name: "Ann Example" } });
  expect(user?.email_confirmed_at).toBeDefined();
  expect(claimsOf(session?.access_token).amr).toMatchObject([{ method: "oauth" }]);
  const again = await openBrowser().signIn();
  expect([again.user?.id, providersOf(again.user)]).toEqual([user?.id, ["google"]]);
  expect((await openBrowser().signIn("keycloak")).user?.id).toBe(user?.id);
});

test("a verified sign-in is linked to the confirmed account with its address, whose password stays", async () => {
  const { email } = account;
  const { auth } = connect(stack);
  await auth.signUp({ email, password });
  const { data } = await auth.verifyOtp({ email, token: (await readMail(stack, email)).code, type: "email" });
  const { user } = await openBrowser().signIn("github");
  expect([user?.id, providersOf(user)?.toSorted()]).toEqual([data.user?.id, ["email", "github"]]);
  expect((await connect(stack).auth.signInWithPassword({ email, password })).error).toBeNull();
});

test("a password that was chosen before the address was confirmed is removed by a verified sign-in", async () => {
  const { email } = account;
  const { data } = await connect(stack).auth.signUp({ email, password });
  const { user } = await openBrowser().signIn();
  expect([user?.id, providersOf(user)]).toEqual([data.user?.id, ["google"]]);
  expect((await connect(stack).auth.signInWithPassword({ email, password })).error?.code).toBe("invalid_credentials");
});

test("an address that the provider has not verified is linked to nothing", async () => {
  const { user: owner } = await openBrowser().signIn();
  provider.signInAs(newAccount(account.email, false));
  const refused = await openBrowser().start("github");
  expect(Object.fromEntries(refused.searchParams)).toEqual({
    error: "access_denied",
    error_code: "provider_email_needs_verification",
    error_description: "Unverified email with github. Verify the email with github in order to sign in",
  });
  provider.signInAs(account);
  const { user } = await openBrowser().signIn();
  expect([user?.id, providersOf(user)]).toEqual([owner?.id, ["google"]]);
});

test("who confirms an address gets the account, not who began it with another service", async () => {
  const { email } = account;
  provider.signInAs(newAccount(email, false));
  const asked = await openBrowser().start("github");
  expect(asked.searchParams.get("error_description")).toBe(
    "Unverified email with github. A confirmation email has been sent to your github email",
  );
  const { code } = await readMail(stack, email);
  const { data } = await connect(stack).auth.verifyOtp({ email, token: code, type: "email" });
  expect(providersOf(data.user)).toEqual(["email"]);
  expect(data.user?.app_metadata).toMatchObject({ provider: "email", providers: ["email"] });
  const refused = await openBrowser().start("github");
  expect(refused.searchParams.get("error_code")).toBe("provider_email_needs_verification");

  // The owner of the address can sign in with a service that has verified the address.
  provider.signInAs(account);
  const { user } = await openBrowser().signIn("google");
  expect([user?.id, providersOf(user)]).toEqual([data.user?.id, ["email", "google"]]);
});

test("errors come back as query parameters: a no of the user, a used state, a provider that is off", async () => {
  provider.signInAs(null);
  const refused = await openBrowser().start();
  expect(Object.fromEntries(refused.searchParams)).toEqual({
    error: "access_denied",
    error_description: "The user said no.",
  });
  const browser = openBrowser();
  provider.signInAs(account);
  const { data } = await browser.auth.signInWithOAuth({ provider: "google", options: { skipBrowserRedirect: true } });
  const callback = await followRedirects(data.url ?? "", `${stack.supabaseUrl}/auth/v1/callback`);
  await fetch(callback, { redirect: "manual" });
  const again = await fetch(callback, { redirect: "manual" });
  const used = new URL(again.headers.get("location") ?? "");
  expect([again.status, used.origin, used.hash]).toEqual([303, stack.appUrl, ""]);
  expect(used.searchParams.get("error_code")).toBe("flow_state_already_used");

  const query = new URLSearchParams({ provider: "facebook", redirect_to: `${stack.appUrl}/` });
  const off = await fetch(`${stack.supabaseUrl}/auth/v1/authorize?${query.toString()}`);
  expect([off.status, await off.json()]).toMatchObject([400, { msg: "Unsupported provider: provider is not enabled" }]);
});

test("a signed-in user links another account and removes it again, but not the last one", async () => {
  const browser = openBrowser();
  const { user } = await browser.signIn("google");
  const [only] = user?.identities ?? [];
  if (!only) throw new Error("There is no identity.");
  expect((await browser.auth.unlinkIdentity(only)).error?.code).toBe("single_identity_not_deletable");

  const second = newAccount();
  provider.signInAs(second);
  const linked = await browser.link("github");
  await browser.auth.exchangeCodeForSession(linked.searchParams.get("code") ?? "");
  const { data } = await browser.auth.getUserIdentities();
  expect(data?.identities.map(({ provider: name }) => name)).toEqual(["google", "github"]);
  const again = await browser.link("github");
  expect(again.searchParams.get("error_code")).toBe("identity_already_exists");

  expect((await browser.auth.unlinkIdentity(only)).error).toBeNull();
  const { data: left } = await browser.auth.getUser();
  expect([left.user?.email, providersOf(left.user)]).toEqual([second.email, ["github"]]);
});

test("another account is linked only after a recent sign-in, but a sign-in by a verified address always is", async () => {
  const browser = openBrowser();
  const { user } = await browser.signIn("google");
  const link = async () => {
    provider.signInAs(newAccount());
    return (await browser.link("github")).searchParams.get("error_code");
  };
  await ageSignIns(stack, user?.id ?? "");
  expect(await link()).toBe("unexpected_failure");
  // After the refused attempt to link an account, a sign-in with another service still works.
  provider.signInAs(account);
  expect(providersOf((await openBrowser().signIn("keycloak")).user)).toEqual(["google", "keycloak"]);
  expect(await link()).toBeNull();
  await sql(stack, "update auth.mfa_amr_claims set authentication_method = 'totp'");
  expect(await link()).toBe("unexpected_failure");
});

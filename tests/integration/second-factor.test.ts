import { Secret, TOTP } from "otpauth";
import { afterEach, expect, inject, test } from "vitest";
import { ageSignIns, createAccount } from "../support/accounts";
import { createApi } from "../support/api";
import { sql } from "../support/sql";
import { connect, signIn } from "../support/users";
import { createVisitor } from "../support/visitor";

const stack = inject("stack");

afterEach(() => sql(stack, "delete from rate_limits"));

/** Creates an account whose sign-in needs the code of an authenticator app. */
async function createProtected() {
  const account = await createAccount(stack);
  const client = connect(stack);
  await client.auth.signInWithPassword(account);
  const { data, error } = await client.auth.mfa.enroll({ factorType: "totp" });
  if (error) throw error;
  const app = new TOTP({ secret: Secret.fromBase32(data.totp.secret) });
  const verified = await client.auth.mfa.challengeAndVerify({ factorId: data.id, code: app.generate() });
  if (verified.error) throw verified.error;
  return { ...account, app };
}

async function enterPassword({ email, password }: { email: string; password: string }) {
  const visitor = createVisitor(stack.appUrl);
  const page = await visitor.submit(await visitor.open("/login?next=/dashboard/gallery"), { email, password });
  return { visitor, page };
}

test("an account with an authenticator app is signed in only after its code", async () => {
  const account = await createProtected();
  const { visitor, page } = await enterPassword(account);
  expect(page.url).toBe("/login/second-factor?next=%2Fdashboard%2Fgallery");
  expect(page.words).toContain(`your authenticator app shows for ${account.email}`);
  for (const path of ["/dashboard/gallery", "/login"]) {
    expect((await visitor.open(path)).url).toMatch(/^\/login\/second-factor\?next=/);
  }
  expect((await visitor.request("/api/usage")).status).toBe(401);
  expect((await visitor.submit(page, { code: "12" })).words).toContain(
    "Enter the six digits that your authenticator app shows",
  );
  const wrong = String((Number(account.app.generate()) + 500_000) % 1_000_000).padStart(6, "0");
  expect((await visitor.submit(page, { code: wrong })).words).toContain("This code is wrong or too old.");
  expect((await visitor.submit(page, { code: account.app.generate() })).url).toBe("/dashboard/gallery");
  expect((await visitor.request("/api/usage")).status).toBe(200);
});

test("a token without the second step opens nothing in the API", async () => {
  const { email, password } = await createProtected();
  const { ask } = createApi(stack, await signIn(stack, email, password));
  expect((await ask("/api/usage")).status).toBe(401);
});

test("setting up an authenticator app with an old token does not make its sign-in recent", async () => {
  const { email, password, id } = await createAccount(stack);
  const client = connect(stack);
  await client.auth.signInWithPassword({ email, password });
  await ageSignIns(stack, id);
  const { data } = await client.auth.mfa.enroll({ factorType: "totp" });
  if (data?.type !== "totp") throw new Error("There is no factor.");
  const code = new TOTP({ secret: Secret.fromBase32(data.totp.secret) }).generate();
  const { data: session } = await client.auth.mfa.challengeAndVerify({ factorId: data.id, code });
  const headers = { authorization: `Bearer ${session?.access_token}` };
  const answer = await fetch(`${stack.appUrl}/api/account/exports`, { method: "POST", headers });
  expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ type: "sign_in_again" })]);
  expect((await fetch(`${stack.appUrl}/api/usage`, { headers })).status).toBe(200);
});

test("a code works once", async () => {
  const account = await createProtected();
  const code = account.app.generate();
  const [first, second] = [await enterPassword(account), await enterPassword(account)];
  expect((await first.visitor.submit(first.page, { code })).url).toBe("/dashboard/gallery");
  // The first sign-in has ended the session of the second, unfinished sign-in.
  expect((await second.visitor.submit(second.page, { code })).url).toMatch(/^\/login/);
  const third = await enterPassword(account);
  expect((await third.visitor.submit(third.page, { code })).words).toContain(
    "You have already entered this code. Enter the next one that your authenticator app shows",
  );
});

test("of many codes, Supabase is asked about six", async () => {
  const account = await createProtected();
  const { visitor, page } = await enterPassword(account);
  const answers = [];
  for (let n = 0; n < 12; n++) answers.push(await visitor.submit(page, { code: String(n).padStart(6, "0") }));
  const refused = answers.filter(({ words }) => /Too many wrong codes for this account\. Try again in/.test(words));
  expect(refused.length).toBeGreaterThanOrEqual(5);
});

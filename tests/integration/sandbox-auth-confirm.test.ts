import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPkceClient } from "../support/pkce-client";
import { readMail, readMails, sql } from "../support/sql";
import { startStack, type Stack } from "../support/stack";
import { connect } from "../support/users";

// Tests e-mails and confirmations with the settings of a hosted Supabase project.

const received: string[] = [];
const receiver = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      const to = envelope.rcptTo.map(({ address }) => address).join();
      received.push(`${to}\n${Buffer.concat(chunks).toString()}`);
      done(to.startsWith("refused") ? new Error("No such mailbox") : null);
    });
  },
});
let stack: Stack;

beforeAll(async () => {
  const server = receiver.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  stack = await startStack({
    next: false,
    env: { SANDBOX_CONFIRM: "1", SANDBOX_SMTP_URL: `smtp://127.0.0.1:${port}` },
  });
});
afterAll(async () => {
  await stack.stop();
  await new Promise<void>((resolve) => receiver.close(resolve));
});

const password = "correct horse battery";
const newEmail = () => `${randomUUID()}@darkroom.test`;

/** Signs up a new user, and confirms the e-mail address. */
async function createConfirmed(email = newEmail()) {
  const client = connect(stack);
  await client.auth.signUp({ email, password });
  const { data } = await client.auth.verifyOtp({ email, token: (await readMail(stack, email)).code, type: "email" });
  return { email, client, id: data.user?.id ?? "", token: data.session?.access_token ?? "" };
}

test("a new account signs in only after its address was confirmed, by the code or the link", async () => {
  const [byCode, byLink] = [newEmail(), newEmail()];
  const client = connect(stack);
  for (const email of [byCode, byLink]) {
    const { data } = await client.auth.signUp({ email, password });
    expect([data.session, data.user?.email, data.user?.identities?.length]).toEqual([null, email, 1]);
    expect((await client.auth.signInWithPassword({ email, password })).error?.code).toBe("email_not_confirmed");
  }
  const { subject, html, code } = await readMail(stack, byCode);
  expect([subject, html.includes(code), html.includes("{{")]).toEqual(["Confirm your e-mail address", true, false]);
  const wrong = await client.auth.verifyOtp({ email: byCode, token: "000000", type: "email" });
  expect(wrong.error).toMatchObject({ status: 403, code: "otp_expired", message: "Token has expired or is invalid" });
  expect((await client.auth.verifyOtp({ email: byCode, token: code, type: "email" })).data.session).not.toBeNull();

  const { link, hash } = await readMail(stack, byLink);
  expect(new URL(link ?? "").pathname).toBe("/auth/confirm");
  expect((await client.auth.verifyOtp({ token_hash: hash, type: "email" })).data.session).not.toBeNull();
  const again = await connect(stack).auth.verifyOtp({ token_hash: hash, type: "email" });
  expect(again.error).toMatchObject({
    status: 403,
    code: "otp_expired",
    message: "Email link is invalid or has expired",
  });
});

test("a sign-up with a known address looks like one with an unknown address, and sends nothing", async () => {
  const { email, id } = await createConfirmed();
  const before = (await readMails(stack)).length;
  const { data, error } = await connect(stack).auth.signUp({ email, password: "another password" });
  expect([error, data.session, data.user?.email, data.user?.identities]).toEqual([null, null, email, []]);
  expect(data.user?.id).not.toBe(id);
  expect((await readMails(stack)).length).toBe(before);
});

test("a magic link to a new address confirms it, and one to a known address signs in", async () => {
  const email = newEmail();
  const { auth } = connect(stack);
  const subjects: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    expect((await auth.signInWithOtp({ email })).error).toBeNull();
    const { subject, code } = await readMail(stack, email);
    subjects.push(subject);
    expect((await auth.verifyOtp({ email, token: code, type: "email" })).data.session).not.toBeNull();
  }
  expect(subjects).toEqual(["Confirm your e-mail address", "Sign in to Darkroom"]);
  const options = { shouldCreateUser: false };
  const unknown = await auth.signInWithOtp({ email: newEmail(), options });
  expect(unknown.error).toMatchObject({ status: 422, code: "otp_disabled" });
});

test("a code or link works for ten minutes, and an unconfirmed account gets another e-mail", async () => {
  const email = newEmail();
  const { auth } = connect(stack);
  await auth.signUp({ email, password });
  const first = await readMail(stack, email);
  await sql(
    stack,
    `update auth.users set confirmation_sent_at = now() - interval '11 minutes' where email = '${email}'`,
  );
  expect((await auth.verifyOtp({ email, token: first.code, type: "email" })).error?.code).toBe("otp_expired");
  expect((await auth.verifyOtp({ token_hash: first.hash, type: "email" })).error?.code).toBe("otp_expired");
  expect((await auth.resend({ type: "signup", email })).error).toBeNull();
  const second = await readMail(stack, email);
  expect(second.code).not.toBe(first.code);
  expect((await auth.verifyOtp({ email, token: second.code, type: "email" })).data.session).not.toBeNull();
});

test("a new password by an e-mail, whose answer does not tell which accounts exist", async () => {
  const { email } = await createConfirmed();
  const { auth } = connect(stack);
  expect((await auth.resetPasswordForEmail(newEmail())).error).toBeNull();
  expect((await auth.resetPasswordForEmail(email)).error).toBeNull();
  const { subject, link, hash } = await readMail(stack, email);
  expect([subject, new URL(link ?? "").searchParams.get("type")]).toEqual(["Choose a new password", "recovery"]);
  await auth.verifyOtp({ token_hash: hash, type: "recovery" });
  expect((await auth.updateUser({ password: "a new long password" })).error).toBeNull();
  expect((await auth.signInWithPassword({ email, password })).error?.code).toBe("invalid_credentials");
});

test("a browser that begins a PKCE flow can use the code and the hash, and exchanges the code of the server's own link", async () => {
  const { email } = await createConfirmed();
  const { auth } = createPkceClient(stack);
  const request = async () => {
    await auth.signInWithOtp({ email });
    const mail = await readMail(stack, email);
    expect(mail.hash).toMatch(/^pkce_[0-9a-f]{56}$/);
    return mail;
  };
  expect((await auth.verifyOtp({ email, token: (await request()).code, type: "email" })).error).toBeNull();
  expect((await auth.verifyOtp({ token_hash: (await request()).hash, type: "email" })).error).toBeNull();

  const { hash } = await request();
  const query = new URLSearchParams({ token: hash, type: "magiclink", redirect_to: `${stack.appUrl}/auth/callback` });
  const verify = `${stack.supabaseUrl}/auth/v1/verify?${query.toString()}`;
  const followed = await fetch(verify, { redirect: "manual" });
  const location = new URL(followed.headers.get("location") ?? "");
  expect([followed.status, location.pathname]).toEqual([303, "/auth/callback"]);
  const exchanged = await auth.exchangeCodeForSession(location.searchParams.get("code") ?? "");
  expect(exchanged.data.user?.email).toBe(email);
  const used = new URL((await fetch(verify, { redirect: "manual" })).headers.get("location") ?? "");
  expect(used.searchParams.get("error_code")).toBe("otp_expired");
});

test("a new address needs the e-mails to both addresses", async () => {
  const { client, email, id } = await createConfirmed();
  const other = await createConfirmed();
  expect((await client.auth.updateUser({ email: other.email })).error).toMatchObject({
    status: 422,
    code: "email_exists",
  });
  const next = newEmail();
  const { data: asked } = await client.auth.updateUser({ email: next });
  expect([asked.user?.email, asked.user?.new_email]).toEqual([email, next]);
  const [toOld, toNew] = [await readMail(stack, email), await readMail(stack, next)];
  expect(toOld.subject).toBe("Confirm your new e-mail address");
  expect([email, next].every((address) => toNew.html.includes(address))).toBe(true);

  const response = await fetch(`${stack.supabaseUrl}/auth/v1/verify`, {
    method: "POST",
    headers: { apikey: stack.env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY ?? "" },
    body: JSON.stringify({ token_hash: toNew.hash, type: "email_change" }),
  });
  const msg = "Confirmation link accepted. Please proceed to confirm link sent to the other email";
  expect([response.status, await response.json()]).toEqual([200, { code: "200", msg }]);
  expect((await client.auth.getUser()).data.user?.email).toBe(email);
  const second = await connect(stack).auth.verifyOtp({ email, token: toOld.code, type: "email_change" });
  expect(second.data.user).toMatchObject({ id, email: next });
  expect((await connect(stack).auth.signInWithPassword({ email: next, password })).error).toBeNull();
});

test("e-mails reach a mail server, and a browser on this machine shows them", async () => {
  const { email } = await createConfirmed();
  const [mail = ""] = received.filter((text) => text.startsWith(email));
  expect(mail).toContain("From: Darkroom <sandbox@darkroom.test>");
  expect(mail).toContain("Subject: Confirm your e-mail address");
  const refused = await connect(stack).auth.signUp({ email: `refused-${newEmail()}`, password });
  expect(refused.error).toMatchObject({ status: 500, message: "Error sending confirmation email" });

  const open = (headers: Record<string, string>) => fetch(stack.env.SANDBOX_MAIL_URL ?? "", { headers });
  const page = await open({ accept: "text/html" });
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain(email);
  expect((await open({ accept: "application/json" })).status).toBe(404);
});

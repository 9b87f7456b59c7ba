import { Secret, TOTP } from "otpauth";
import { expect, inject, test } from "vitest";
import { claimsOf } from "../support/claims";
import { connect, connectAsService, createUser, signIn } from "../support/users";

const stack = inject("stack");
const password = "correct horse battery";

/** Creates a user with an authenticator app whose first code was not entered yet. `verify` enters a code. */
async function enroll() {
  const user = await createUser(stack);
  const client = connect(stack);
  await client.auth.signInWithPassword(user);
  const { data } = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "Phone" });
  if (data?.type !== "totp") throw new Error("There is no factor.");
  const app = new TOTP({ secret: Secret.fromBase32(data.totp.secret) });
  const verify = (code = app.generate()) => client.auth.mfa.challengeAndVerify({ factorId: data.id, code });
  return { user, client, factor: data, app, verify };
}
const levels = async ({ client }: Awaited<ReturnType<typeof enroll>>) => {
  const { data } = await client.auth.mfa.getAuthenticatorAssuranceLevel();
  return [data?.currentLevel, data?.nextLevel];
};

test("a code from an authenticator app raises the session, and ends the user's other sessions", async () => {
  const enrolled = await enroll();
  const { user, client, factor, verify } = enrolled;
  expect(factor.totp.uri).toMatch(/^otpauth:\/\/totp\/localhost%3A\d+:.*algorithm=SHA1&digits=6&period=30/);
  expect(factor.totp.qr_code).toContain("<svg");
  expect(await levels(enrolled)).toEqual(["aal1", "aal1"]);
  const other = await signIn(stack, user.email, password);

  expect((await verify("000000")).error).toMatchObject({ status: 422, code: "mfa_verification_failed" });
  const { data } = await verify();
  expect(claimsOf(data?.access_token)).toMatchObject({
    aal: "aal2",
    amr: [{ method: "totp" }, { method: "password" }],
  });
  expect(await levels(enrolled)).toEqual(["aal2", "aal2"]);
  expect((await connect(stack).auth.getUser(other.accessToken)).error?.name).toBe("AuthSessionMissingError");
  const refreshed = await client.auth.refreshSession();
  expect(claimsOf(refreshed.data.session?.access_token).aal).toBe("aal2");
});

test("without a code, a user with an authenticator app changes neither password nor address nor the app", async () => {
  const { user, factor, verify } = await enroll();
  await verify();
  const client = connect(stack);
  await client.auth.signInWithPassword(user);
  const insufficient = { code: "insufficient_aal" };
  expect((await client.auth.updateUser({ password: "another password" })).error).toMatchObject({
    status: 401,
    ...insufficient,
  });
  expect((await client.auth.updateUser({ email: "new@darkroom.test" })).error).toMatchObject(insufficient);
  expect((await client.auth.mfa.unenroll({ factorId: factor.id })).error).toMatchObject({
    status: 422,
    ...insufficient,
  });
  const second = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "Tablet" });
  expect(second.error).toMatchObject({ status: 403, ...insufficient });
});

test("a removed app lowers the session, by the user and by an administrator", async () => {
  const first = await enroll();
  await first.verify();
  expect((await first.client.auth.mfa.unenroll({ factorId: first.factor.id })).error).toBeNull();
  await first.client.auth.refreshSession();
  expect(await levels(first)).toEqual(["aal1", "aal1"]);

  const second = await enroll();
  await second.verify();
  const { mfa } = connectAsService(stack).auth.admin;
  const userId = second.user.id;
  expect((await mfa.listFactors({ userId })).data?.factors).toMatchObject([
    { status: "verified", friendly_name: "Phone" },
  ]);
  await mfa.deleteFactor({ userId, id: second.factor.id });
  await second.client.auth.refreshSession();
  expect(await levels(second)).toEqual(["aal1", "aal1"]);
});

test("a challenge is answered once, and two apps have different names", async () => {
  const { client, factor, app } = await enroll();
  const named = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: "Phone" });
  expect(named.error).toMatchObject({ status: 422, code: "mfa_factor_name_conflict" });
  const { data: challenge } = await client.auth.mfa.challenge({ factorId: factor.id });
  const answer = () =>
    client.auth.mfa.verify({ factorId: factor.id, challengeId: challenge?.id ?? "", code: app.generate() });
  expect((await answer()).error).toBeNull();
  expect((await answer()).error).toMatchObject({ status: 422, code: "mfa_ip_address_mismatch" });
});

import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { isWellFormedKey } from "@/lib/keys/format";
import { createAdmin } from "../../support/admins";
import { startAnotherApp } from "../../support/another-app";
import { createApi } from "../../support/api";
import { askWithKey, makeKey } from "../../support/keys";
import { sql } from "../../support/sql";
import { sweep } from "../../support/sweep";
import { createUser } from "../../support/users";

const stack = inject("stack");
let other: Awaited<ReturnType<typeof startAnotherApp>>;
beforeAll(async () => {
  other = await startAnotherApp(stack, {});
});
afterAll(() => other?.stop());
// The app counts the refused keys of each IP address. This deletes the counts of earlier tests.
beforeEach(() => sql(stack, "delete from rate_limits"));

const refused = {
  status: 401,
  body: expect.objectContaining({
    title: "Unauthenticated",
    detail: "You did not pass a valid authentication token",
    status: 401,
  }),
};
/** Waits until both instances refuse the key. Returns how long this takes (ms). */
async function timeUntilRefused(key: string): Promise<number> {
  const start = performance.now();
  const statuses = async () => Promise.all([stack, other].map(async (app) => (await askWithKey(app, key)).status));
  await expect.poll(statuses, { timeout: 20_000, interval: 200 }).toEqual([401, 401]);
  return performance.now() - start;
}

test("a new key works at once, is shown once, and is stored as its hash", async () => {
  const user = await createUser(stack);
  const made = await makeKey(stack, user, { daily_images: 5, daily_usd: 0.5 });
  expect(made).toMatchObject({ name: "a script", scopes: ["predict", "read"], daily_images: 5, daily_usd: 0.5 });
  expect(isWellFormedKey(made.key)).toBe(true);
  for (const app of [stack, other]) {
    for (const authorization of [`Bearer ${made.key}`, `Token ${made.key}`]) {
      const answer = await askWithKey(app, made.key, "/api/v1/account", { headers: { authorization } });
      expect(answer).toMatchObject({ status: 200, body: { type: "user", username: user.id } });
    }
  }
  const { key, ...shown } = made;
  const response = await createApi(stack, user).ask("/api/account/keys");
  const last_used_at = `${new Date().toISOString().slice(0, 13)}:00:00.000Z`;
  expect(await response.json()).toEqual({ results: [{ ...shown, last_used_at }] });
  const [row] = await sql<Record<string, string>>(stack, `select * from api_keys where id = '${made.id}'`);
  expect(JSON.stringify(row)).not.toContain(key);
  expect(row?.hash).toMatch(/^[0-9a-f]{64}$/);
});

test("a key without the scope gets a 403 that names it", async () => {
  const user = await createUser(stack);
  const { key } = await makeKey(stack, user, { scopes: ["predict"] });
  expect(await askWithKey(stack, key)).toMatchObject({
    status: 403,
    body: { detail: 'This API key does not have the scope "read". Make a key with this scope.' },
  });
});

test("a revoked key is refused at once by the instance that revoked it, and by another one within five seconds", async () => {
  const user = await createUser(stack);
  const { id, key } = await makeKey(stack, user);
  for (const app of [stack, other]) expect((await askWithKey(app, key)).status).toBe(200);
  const revoke = () => createApi(stack, user).ask(`/api/account/keys/${id}`, { method: "DELETE" });
  expect((await revoke()).status).toBe(204);
  expect(await askWithKey(stack, key)).toEqual(refused);
  // The other instance trusts a key for five seconds. One more second is for the last poll, which may be slow.
  expect(await timeUntilRefused(key)).toBeLessThan(6_000);
  expect(await askWithKey(other, key)).toEqual(refused);
  expect((await revoke()).status).toBe(204);
  expect(await (await createApi(stack, user).ask("/api/account/keys")).json()).toEqual({ results: [] });
});

test("a key stops working when it expires", async () => {
  const user = await createUser(stack);
  const { key } = await makeKey(stack, user, { expires_at: new Date(Date.now() + 2_500).toISOString() });
  expect((await askWithKey(stack, key)).status).toBe(200);
  expect(await timeUntilRefused(key)).toBeLessThan(4_000);
  expect(await askWithKey(stack, key)).toEqual(refused);
});

test("the keys of a blocked user are refused within five seconds, and work again after that", async () => {
  const [admin, user] = [await createAdmin(stack), await createUser(stack)];
  const { key } = await makeKey(stack, user);
  for (const app of [stack, other]) expect((await askWithKey(app, key)).status).toBe(200);
  await admin.supabase.rpc("block_user", { p_user: user.id, p_reason: "spam" }).throwOnError();
  expect(await timeUntilRefused(key)).toBeLessThan(6_000);
  await admin.supabase.rpc("unblock_user", { p_user: user.id }).throwOnError();
  await expect.poll(async () => (await askWithKey(stack, key)).status).toBe(200);
});

test("a key works until its account is deleted, and is deleted with it", async () => {
  const user = await createUser(stack);
  const { id, key } = await makeKey(stack, user);
  await sql(stack, `insert into account_deletions (user_id, due_at) values ('${user.id}', now() + interval '7 days')`);
  expect((await askWithKey(stack, key)).status).toBe(200);
  // While the deletion is leased, no sweep can delete the account.
  await sql(
    stack,
    `update account_deletions set due_at = now(), leased_until = now() + interval '10 seconds' where user_id = '${user.id}'`,
  );
  expect(await timeUntilRefused(key)).toBeLessThan(6_000);
  await sql(stack, `update account_deletions set leased_until = null where user_id = '${user.id}'`);
  const readKeys = async () => {
    await sweep(stack);
    return sql(stack, `select id from api_keys where id = '${id}'`);
  };
  await expect.poll(readKeys).toEqual([]);
});

test("an access token works in the same way, and a session cookie does not", async () => {
  const user = await createUser(stack);
  expect(await askWithKey(stack, user.accessToken)).toMatchObject({ status: 200, body: { username: user.id } });
  const response = await fetch(`${stack.appUrl}/api/v1/account`, { headers: user.cookie });
  expect([response.status, await response.json()]).toEqual([
    401,
    expect.objectContaining({ detail: "You did not pass an authentication token" }),
  ]);
});

import { beforeEach, expect, inject, test } from "vitest";
import { z } from "zod";
import { ageSignIn } from "../support/admins";
import { createApi } from "../support/api";
import { makeExport, readPart } from "../support/exports";
import { askWithKey, makeKey, requestKey } from "../support/keys";
import { sql } from "../support/sql";
import { createUser } from "../support/users";
import { createVisitor } from "../support/visitor";

const stack = inject("stack");
// The app counts the refused keys of each IP address. This deletes the counts of earlier tests.
beforeEach(() => sql(stack, "delete from rate_limits"));

test("making and revoking a key needs a sign-in of the last ten minutes, and listing does not", async () => {
  const user = await createUser(stack);
  const { id, key } = await makeKey(stack, user);
  const accessToken = await ageSignIn(stack, user, 11);
  const late = { ...user, accessToken, bearer: { Authorization: `Bearer ${accessToken}` } };
  const api = createApi(stack, late);
  const answers = [await requestKey(stack, late), await api.ask(`/api/account/keys/${id}`, { method: "DELETE" })];
  for (const answer of answers) {
    expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ type: "sign_in_again" })]);
  }
  expect((await api.ask("/api/account/keys")).status).toBe(200);
  expect((await askWithKey(stack, key)).status).toBe(200);
});

test("of 60 parallel requests for a key, 50 make one, and a revoked key makes room", async () => {
  const user = await createUser(stack);
  const answers = await Promise.all(Array.from({ length: 60 }, () => requestKey(stack, user)));
  const refusals = answers.filter(({ status }) => status !== 201);
  expect(refusals).toHaveLength(10);
  for (const answer of refusals) expect(await answer.json()).toMatchObject({ status: 429, type: "quota_exceeded" });
  const [made] = answers.filter(({ status }) => status === 201);
  const { id } = z.object({ id: z.string() }).parse(await made?.json());
  await createApi(stack, user).ask(`/api/account/keys/${id}`, { method: "DELETE" });
  expect((await requestKey(stack, user)).status).toBe(201);
});

test.each([
  [{ name: " " }, "name"],
  [{ name: "x".repeat(101) }, "name"],
  [{ scopes: [] }, "scopes"],
  [{ scopes: ["admin"] }, "scopes.0"],
  [{ expires_at: "2020-01-01T00:00:00Z" }, "expires_at"],
  [{ expires_at: "2100-01-01" }, "expires_at"],
  [{ daily_images: -1 }, "daily_images"],
  [{ daily_images: 1.5 }, "daily_images"],
  [{ daily_usd: -0.1 }, "daily_usd"],
  [{ hash: "mine" }, ""],
])("a request for a key with %j is refused", async (given, field) => {
  const answer = await requestKey(stack, await createUser(stack), given);
  expect([answer.status, await answer.json()]).toEqual([
    422,
    expect.objectContaining({ invalid_fields: [expect.objectContaining({ field })] }),
  ]);
});

test("another user's key is neither listed nor revoked", async () => {
  const [owner, stranger] = [await createUser(stack), await createUser(stack)];
  const { id, key } = await makeKey(stack, owner);
  const api = createApi(stack, stranger);
  expect(await (await api.ask("/api/account/keys")).json()).toEqual({ results: [] });
  expect((await api.ask(`/api/account/keys/${id}`, { method: "DELETE" })).status).toBe(404);
  expect((await askWithKey(stack, key)).status).toBe(200);
});

test("a key is made and revoked on the account page without JavaScript", async () => {
  const user = await createUser(stack);
  const visitor = createVisitor(stack.appUrl, user.cookie);
  const limits = { daily_images: "7", daily_usd: "" };
  const made = await visitor.submit(await visitor.open("/dashboard/account"), {
    name: "without a script",
    scopes: "read",
    ...limits,
  });
  const [key = ""] = /dr_\w{49}/.exec(made.words) ?? [];
  expect(await askWithKey(stack, key)).toMatchObject({ status: 200, body: { username: user.id } });

  const again = await visitor.open("/dashboard/account");
  expect(again.words).toContain("without a script");
  expect(again.words).toContain("read; at most 7 images a day");
  expect(again.text).not.toContain(key);
  const [row] = await sql<{ id: string }>(stack, `select id from api_keys where user_id = '${user.id}'`);
  await visitor.submit(again, { key: row?.id ?? "" });
  expect((await visitor.open("/dashboard/account")).words).not.toContain("without a script");
  expect((await askWithKey(stack, key)).status).toBe(401);
});

test("an export lists the keys without their hashes", async () => {
  const user = await createUser(stack);
  const { id, key, start } = await makeKey(stack, user, { scopes: ["manage"] });
  const api = createApi(stack, user);
  const { account } = await readPart(api, (await makeExport(api)).url);
  expect(account.api_keys).toMatchObject([{ id, name: "a script", start, scopes: ["manage"], revoked_at: null }]);
  const [row] = await sql<{ hash: string }>(stack, `select hash from api_keys where id = '${id}'`);
  expect(JSON.stringify(account)).not.toContain(row?.hash);
  expect(JSON.stringify(account)).not.toContain(key);
});

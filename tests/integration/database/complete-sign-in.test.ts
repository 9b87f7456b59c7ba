import { Secret, TOTP } from "otpauth";
import { expect, inject, test } from "vitest";
import { seedRows } from "../../support/rows";
import { sql } from "../../support/sql";
import { connect, connectAsService, createUser, signIn, type User } from "../../support/users";

// A client can send an access token directly to the API of the database. Supabase accepts a token for an hour, even if its
// session has ended, or if the code of the authenticator app was not entered. So row level security must check both.

const stack = inject("stack");
const service = connectAsService(stack);

async function createOwner() {
  const user = await createUser(stack);
  return { user, tables: Object.keys(await seedRows(stack, user)) };
}

/**
 * Returns how many rows of each table, how many sessions and how many prompts the client can read. Also returns whether the
 * client can change a row (`changed`) and end a session (`ended`).
 */
async function tryAll({ supabase, id }: Pick<User, "supabase" | "id">, tables: string[], sessionId: string) {
  const read = tables.map(async (table) => (await supabase.from(table).select("*")).data?.length);
  const sessions = (await supabase.rpc("list_sessions")).data as unknown[];
  const prompts = (await supabase.rpc("recent_prompts", { p_limit: 10 })).data as unknown[];
  await supabase.from("sdxl_images").update({ favorite: true }).eq("user_id", id);
  const { data } = await service.from("sdxl_images").select("favorite").eq("user_id", id).single().throwOnError();
  const ended = (await supabase.rpc("end_session", { p_id: sessionId })).data as boolean;
  return {
    rows: await Promise.all(read),
    sessions: sessions.length,
    prompts: prompts.length,
    changed: data.favorite,
    ended,
  };
}
const nothing = (tables: string[]) => ({
  rows: tables.map(() => 0),
  sessions: 0,
  prompts: 0,
  changed: false,
  ended: false,
});

async function otherSession(user: User): Promise<string> {
  await signIn(stack, user.email, user.password);
  const newest = `select id from auth.sessions where user_id = '${user.id}' order by created_at desc limit 1`;
  const [session] = await sql<{ id: string }>(stack, newest);
  return session?.id ?? "";
}

test("the token of a session that has ended reads and changes nothing, and other sessions go on", async () => {
  const { user, tables } = await createOwner();
  const again = await signIn(stack, user.email, user.password);
  await user.supabase.auth.admin.signOut(user.accessToken, "local");
  expect(await tryAll(user, tables, await otherSession(user))).toEqual(nothing(tables));
  expect(await tryAll(again, tables, await otherSession(user))).toEqual({
    rows: tables.map(() => 1),
    sessions: 3,
    prompts: 1,
    changed: true,
    ended: true,
  });
});

test("the session of another user does not stand in for an ended one", async () => {
  const { user, tables } = await createOwner();
  const stranger = await createUser(stack);
  const move = `update auth.sessions set user_id = '${stranger.id}' where user_id = '${user.id}'`;
  await sql(stack, move);
  expect(await tryAll(user, tables, crypto.randomUUID())).toEqual(nothing(tables));
});

test("without the code of the authenticator app, a password reads and changes nothing", async () => {
  const { user, tables } = await createOwner();
  const { auth } = connect(stack);
  await auth.signInWithPassword(user);
  const { data: enrolled } = await auth.mfa.enroll({ factorType: "totp", friendlyName: "Phone" });
  if (enrolled?.type !== "totp") throw new Error("There is no factor.");
  // A sign-in does not require the authenticator app before the user has entered its first code.
  expect((await user.supabase.from("sdxl_images").select("id").throwOnError()).data).toHaveLength(1);
  const code = new TOTP({ secret: Secret.fromBase32(enrolled.totp.secret) }).generate();
  const { data } = await auth.mfa.challengeAndVerify({ factorId: enrolled.id, code });

  const stolen = await signIn(stack, user.email, user.password);
  expect(await tryAll(stolen, tables, await otherSession(user))).toEqual(nothing(tables));
  const complete = { id: user.id, supabase: connect(stack, data?.access_token) };
  expect(await tryAll(complete, tables, await otherSession(user))).toMatchObject({
    rows: tables.map(() => 1),
    changed: true,
    ended: true,
  });
});

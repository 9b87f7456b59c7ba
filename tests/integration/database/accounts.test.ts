import { beforeAll, expect, inject, test } from "vitest";
import { sql } from "../../support/sql";
import { connect, createUser, signIn, type User } from "../../support/users";

const stack = inject("stack");
let user: User;

beforeAll(async () => {
  user = await createUser(stack);
});

type Session = { id: string; is_current: boolean; used_at: string; created_at: string };
const list = async ({ supabase }: Pick<User, "supabase">) =>
  (await supabase.rpc("list_sessions").throwOnError()).data as Session[];

test("a user sees only the own sessions, with a mark at the own one, and ends only them", async () => {
  const again = await signIn(stack, user.email, user.password);
  const stranger = await createUser(stack);
  const sessions = await list(user);
  expect(sessions.filter(({ is_current }) => is_current)).toHaveLength(1);
  expect(sessions).toHaveLength(2);
  const other = sessions.find(({ is_current }) => !is_current);
  expect((await list(again)).find(({ is_current }) => is_current)?.id).toBe(other?.id);
  expect((await list(stranger)).length).toBe(1);

  const end = (who: User) => who.supabase.rpc("end_session", { p_id: other?.id }).throwOnError();
  expect((await end(stranger)).data).toBe(false);
  expect(await list(user)).toHaveLength(2);
  expect((await end(user)).data).toBe(true);
  expect(await list(user)).toHaveLength(1);
  const { error } = await connect(stack).auth.getUser(again.accessToken);
  expect(error).not.toBeNull();
});

/**
 * Inserts the row that connects an account of another service to a user. Returns a function that reads the e-mail address by
 * which Supabase can find this row.
 */
async function connectAccount(userId: string, provider: string, claims: object) {
  const id = crypto.randomUUID();
  const data = JSON.stringify({ sub: id, email: "victim@darkroom.test", ...claims });
  await sql(
    stack,
    `insert into auth.identities (id, provider_id, user_id, provider, identity_data, created_at, updated_at)
     values ('${id}', '${id}', '${userId}', '${provider}', '${data}', now(), now())`,
  );
  return async () => {
    const query = `select email from auth.identities where provider_id = '${id}'`;
    const [row] = await sql<{ email: string | null }>(stack, query);
    return row?.email;
  };
}

test("the address of a connected account counts only if the other service has verified it", async () => {
  const verified = await connectAccount(user.id, "google", { email_verified: true });
  expect(await verified()).toBe("victim@darkroom.test");
  const unverified = await connectAccount(user.id, "github", { email_verified: false });
  expect(await unverified()).toBeNull();
  const silent = await connectAccount(user.id, "gitlab", {});
  expect(await silent()).toBeNull();
  // At each sign-in, Supabase updates `identity_data` with what the other service reports.
  await sql(
    stack,
    `update auth.identities set identity_data = identity_data || '{"email_verified": false}'
     where user_id = '${user.id}' and provider = 'google'`,
  );
  expect(await verified()).toBeNull();
});

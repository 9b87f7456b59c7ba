import type { Stack } from "./stack";
import { sql } from "./sql";
import { connect, createUser, type User } from "./users";

type Sandbox = { env: Stack["env"] };

/** Creates an account, signs it in and makes it an administrator. */
export async function createAdmin(stack: Sandbox): Promise<User> {
  const user = await createUser(stack);
  await sql(stack, `insert into admins (user_id) values ('${user.id}')`);
  return user;
}

/** Moves a user's sign-in to `minutes` minutes ago, and renews the session. Returns the new access token. */
export async function ageSignIn(stack: Sandbox, user: User, minutes: number): Promise<string> {
  await sql(
    stack,
    `update auth.mfa_amr_claims set updated_at = now() - interval '${minutes} minutes'
     where session_id in (select id from auth.sessions where user_id = '${user.id}')`,
  );
  const { data, error } = await connect(stack).auth.refreshSession({ refresh_token: user.refreshToken });
  if (!data.session) throw error ?? new Error("There is no session.");
  return data.session.access_token;
}

/** The rows of `audit_log` about a user, the oldest first. */
export function readAuditLog(stack: Sandbox, userId: string) {
  return sql<{ actor_id: string | null; action: string; details: object }>(
    stack,
    `select actor_id, action, details from audit_log where target_id = '${userId}' order by id`,
  );
}

import { randomUUID } from "node:crypto";
import { sql } from "./sql";
import type { Stack } from "./stack";
import { connect, connectAsService } from "./users";

type Services = { env: Stack["env"] };

/** Creates an account with a confirmed address. No browser is signed in to it. */
export async function createAccount(stack: Services) {
  const account = { email: `${randomUUID()}@darkroom.test`, password: "correct horse battery" };
  const { data, error } = await connectAsService(stack).auth.admin.createUser({ ...account, email_confirm: true });
  if (error) throw error;
  return { ...account, id: data.user.id };
}

/** Whether Supabase accepts the password. The request goes directly to Supabase, not through the app. */
export async function isPassword(stack: Services, email: string, password: string): Promise<boolean> {
  const { error } = await connect(stack).auth.signInWithPassword({ email, password });
  return error === null;
}

/** Moves all sign-ins of a user one hour into the past. An access token contains the new time only after it has been renewed. */
export async function ageSignIns(stack: Services, userId: string): Promise<void> {
  const earlier = ["created_at", "updated_at"].map((column) => `${column} = ${column} - interval '1 hour'`).join(", ");
  await sql(
    stack,
    `update auth.mfa_amr_claims set ${earlier} where session_id in (select id from auth.sessions where user_id = '${userId}')`,
  );
}

import { randomUUID } from "node:crypto";
import { sql, type RawBuilder, type UpdateObject } from "kysely";
import { z } from "zod";
import { now, selectFirst, select, type Db, type Tables } from "../database.ts";

const text = z.string().nullable();
const Data = z
  .record(z.string(), z.unknown())
  .nullable()
  .transform((data) => data ?? {});

export const Identity = z.object({
  id: z.string(),
  provider: z.string(),
  provider_id: z.string(),
  user_id: z.string(),
  identity_data: Data,
  email: text,
  last_sign_in_at: text,
  created_at: text,
  updated_at: text,
});
export type Identity = z.infer<typeof Identity>;

export const Factor = z.object({
  id: z.string(),
  user_id: z.string(),
  friendly_name: text,
  factor_type: z.string(),
  status: z.enum(["unverified", "verified"]),
  secret: text,
  created_at: z.string(),
  updated_at: z.string(),
  last_challenged_at: text,
});
export type Factor = z.infer<typeof Factor>;

export const User = z.object({
  id: z.string(),
  aud: text,
  role: text,
  email: text,
  encrypted_password: text,
  email_confirmed_at: text,
  confirmed_at: text,
  invited_at: text,
  confirmation_token: text,
  confirmation_sent_at: text,
  recovery_token: text,
  recovery_sent_at: text,
  email_change: text,
  email_change_token_new: text,
  email_change_token_current: text,
  email_change_sent_at: text,
  email_change_confirm_status: z.number().nullable(),
  reauthentication_token: text,
  reauthentication_sent_at: text,
  raw_app_meta_data: Data,
  raw_user_meta_data: Data,
  banned_until: text,
  deleted_at: text,
  last_sign_in_at: text,
  is_anonymous: z.boolean(),
  created_at: text,
  updated_at: text,
  identities: z.array(Identity),
  factors: z.array(Factor),
});
export type User = z.infer<typeof User>;

const USERS = sql<{ item: unknown }>`select to_jsonb(u) || jsonb_build_object(
    'identities', (select coalesce(jsonb_agg(to_jsonb(i) order by i.created_at, i.id), '[]')
      from auth.identities i where i.user_id = u.id),
    'factors', (select coalesce(jsonb_agg(to_jsonb(f) order by f.created_at, f.id), '[]')
      from auth.mfa_factors f where f.user_id = u.id)) as item
  from auth.users u`;

export const findUsers = (db: Db, rest: RawBuilder<unknown>) => select(db, User, sql`${USERS} ${rest}`);
export const findUserById = (db: Db, id: string) => selectFirst(db, User, sql`${USERS} where u.id = ${id}`);

export function findUserByEmail(db: Db, email: string) {
  return selectFirst(db, User, sql`${USERS} where lower(u.email) = ${email.toLowerCase()} and not u.is_sso_user`);
}

/**
 * Returns a user who has this address, as the address of the account or of one of its identities. The identities of the user
 * `exceptId` are not searched.
 */
export async function findUserByAnyEmail(db: Db, email: string, exceptId: string | null = null) {
  const identities = sql`select user_id from auth.identities where email = ${email.toLowerCase()}`;
  const isOther = sql`u.id is distinct from ${exceptId}::uuid`;
  const found = await selectFirst(db, User, sql`${USERS} where u.id in (${identities}) and ${isOther}`);
  return found ?? findUserByEmail(db, email);
}

/** Returns the user, and locks the row of the user until the transaction ends. */
export async function lockUser(db: Db, id: string): Promise<User | null> {
  await sql`select 1 from auth.users where id = ${id} for update`.execute(db);
  return findUserById(db, id);
}

/** Like `findUserById`, but throws if there is no such user. */
export async function requireUserById(db: Db, id: string): Promise<User> {
  const user = await findUserById(db, id);
  if (!user) throw new Error(`There is no user ${id}.`);
  return user;
}

type NewUser = {
  email: string;
  passwordHash: string | null;
  provider: string;
  data?: Record<string, unknown>;
  id?: string | undefined;
};

export async function insertUser(db: Db, { email, passwordHash, provider, data = {}, id = randomUUID() }: NewUser) {
  const user = {
    id,
    aud: "authenticated",
    role: "authenticated",
    email: email || null,
    encrypted_password: passwordHash,
    raw_app_meta_data: JSON.stringify({ provider, providers: [provider] }),
    raw_user_meta_data: JSON.stringify(data),
  };
  await db.insertInto("auth.users").values(user).execute();
  return requireUserById(db, id);
}

export async function updateUser(db: Db, id: string, values: UpdateObject<Tables, "auth.users">): Promise<void> {
  await db
    .updateTable("auth.users")
    .set({ ...values, updated_at: now() })
    .where("id", "=", id)
    .execute();
}

/** Returns the data as JSON text, with `changes` applied. If a change is null, its member is removed. */
export function mergeData(data: Record<string, unknown>, changes: Record<string, unknown>): string {
  const merged = Object.entries({ ...data, ...changes }).filter(([, value]) => value !== null);
  return JSON.stringify(Object.fromEntries(merged));
}

export const isConfirmed = (user: User) => user.email_confirmed_at !== null;
export const isBanned = (user: User) => user.banned_until !== null && Date.parse(user.banned_until) > Date.now();
export const hasVerifiedFactor = (user: User) => user.factors.some(({ status }) => status === "verified");

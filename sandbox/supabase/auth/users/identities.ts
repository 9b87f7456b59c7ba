import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { now, selectFirst, type Db } from "../database.ts";
import { AuthError } from "../http/errors.ts";
import { Identity, mergeData, requireUserById, updateUser, type User } from "./user.ts";

const Data = z.looseObject({ sub: z.string(), email: z.string().toLowerCase().optional() });

/** Returns the data that the real server stores for an account's identity of the type "email". */
export function emailIdentityData(userId: string, email: string, isVerified = false) {
  return { sub: userId, email, email_verified: isVerified, phone_verified: false };
}

export function findIdentity(db: Db, provider: string, providerId: string) {
  return selectFirst(
    db,
    Identity,
    sql`select to_jsonb(i) as item from auth.identities i where provider = ${provider} and provider_id = ${providerId}`,
  );
}

/** Inserts an identity. If the database refuses it, for example in a trigger, throws the error of the real server. */
export async function insertIdentity(db: Db, userId: string, provider: string, data: Record<string, unknown>) {
  const identity_data = Data.parse(data);
  const id = randomUUID();
  await db
    .insertInto("auth.identities")
    .values({
      id,
      user_id: userId,
      provider,
      provider_id: identity_data.sub,
      identity_data: JSON.stringify(identity_data),
      last_sign_in_at: now(),
    })
    .execute()
    .catch((error: unknown) => {
      console.error("An identity was refused:", error);
      throw new AuthError(500, "unexpected_failure", "Error creating identity");
    });
  return id;
}

export async function updateIdentity(db: Db, identity: Identity, changes: Record<string, unknown>): Promise<void> {
  await db
    .updateTable("auth.identities")
    .set({ identity_data: mergeData(identity.identity_data, changes), updated_at: now() })
    .where("id", "=", identity.id)
    .execute();
}

export async function deleteIdentity(db: Db, id: string): Promise<void> {
  await db.deleteFrom("auth.identities").where("id", "=", id).execute();
}

/** Writes the list of the user's providers into the row of the user. The provider of the oldest identity comes first. */
export async function updateProviders(db: Db, userId: string): Promise<User> {
  const user = await requireUserById(db, userId);
  const providers = [...new Set(user.identities.map(({ provider }) => provider))];
  const [provider] = providers;
  const changes = { providers, ...(provider && { provider }) };
  await updateUser(db, userId, { raw_app_meta_data: mergeData(user.raw_app_meta_data, changes) });
  return requireUserById(db, userId);
}

/**
 * A stranger may have created the account, because its address is not confirmed. So this function removes all identities except
 * the given one, and replaces the data of the account by the data of the given identity. Also removes the password, unless the
 * given identity has the type "email". Source: RemoveUnconfirmedIdentities in supabase/auth.
 */
export async function removeUnconfirmedIdentities(db: Db, userId: string, identityId: string): Promise<User> {
  const user = await requireUserById(db, userId);
  const identity = user.identities.find(({ id }) => id === identityId);
  if (identity && identity.provider !== "email") await updateUser(db, userId, { encrypted_password: null });
  await updateUser(db, userId, { raw_user_meta_data: JSON.stringify(identity?.identity_data ?? {}) });
  for (const { id } of user.identities) if (id !== identityId) await deleteIdentity(db, id);
  return updateProviders(db, userId);
}

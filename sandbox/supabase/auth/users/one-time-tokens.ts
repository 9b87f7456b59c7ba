import { createHash, randomInt, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { now, selectFirst, type Db } from "../database.ts";
import { AuthError } from "../http/errors.ts";
import { updateUser, type User } from "./user.ts";

export type TokenKind =
  | "confirmation_token"
  | "recovery_token"
  | "reauthentication_token"
  | "email_change_token_new"
  | "email_change_token_current";

const Owner = z.object({ user_id: z.string() });

/** Returns `length` random digits. */
export function createCode(length: number): string {
  return randomInt(10 ** length)
    .toString()
    .padStart(length, "0");
}

/**
 * Returns the hash of a code. The database stores the hash, not the code. The hash includes the address, so the code of one
 * address does not work for another address.
 */
export function hashCode(email: string, code: string): string {
  return createHash("sha224").update(`${email}${code}`).digest("hex");
}

/** The hash in an e-mail of a PKCE flow begins with `pkce_`. */
export const withFlow = (hash: string, isPkce: boolean) => (isPkce ? `pkce_${hash}` : hash);

/** Stores the hash of a token. The new hash replaces the hash of the user's earlier token of the same kind. */
export async function saveToken(db: Db, userId: string, kind: TokenKind, hash: string, email: string): Promise<void> {
  await db.deleteFrom("auth.one_time_tokens").where("user_id", "=", userId).where("token_type", "=", kind).execute();
  const token = { id: randomUUID(), user_id: userId, token_type: kind, token_hash: hash, relates_to: email };
  await db.insertInto("auth.one_time_tokens").values(token).execute();
  await updateUser(db, userId, { [kind]: hash });
}

export async function deleteToken(db: Db, userId: string, kind: TokenKind): Promise<void> {
  await db.deleteFrom("auth.one_time_tokens").where("user_id", "=", userId).where("token_type", "=", kind).execute();
  await updateUser(db, userId, { [kind]: "" });
}

export async function deleteTokens(db: Db, userId: string): Promise<void> {
  await db.deleteFrom("auth.one_time_tokens").where("user_id", "=", userId).execute();
}

/**
 * Returns the id of the user to whom an e-mail with this hash was sent. If another transaction has locked the row of the hash,
 * waits for the end of that transaction.
 */
export async function findTokenOwner(db: Db, hash: string, kinds: TokenKind[]): Promise<string | null> {
  const owner = await selectFirst(
    db,
    Owner,
    sql`select to_jsonb(found) as item from (select user_id from auth.one_time_tokens
      where token_hash = ${hash} and token_type in (${sql.join(kinds)}) for update) found`,
  );
  return owner?.user_id ?? null;
}

/** Returns whether the hash is that of the code in the e-mail, and the code has not expired. */
export function isCode(hash: string, expected: string | null, sentAt: string | null, seconds: number): boolean {
  if (!expected || isExpired(sentAt, seconds)) return false;
  return hash === expected || `pkce_${hash}` === expected;
}

export function isExpired(sentAt: string | null, seconds: number): boolean {
  return !sentAt || Date.now() > Date.parse(sentAt) + seconds * 1000;
}

/** Throws if less time than `pause` (ms) has passed since the last e-mail of this kind. */
export function requirePause(sentAt: string | null, pause: number): void {
  const left = sentAt ? Date.parse(sentAt) + pause - Date.now() : 0;
  if (left <= 0) return;
  const message = `For security purposes, you can only request this after ${Math.trunc(left / 1000)} seconds.`;
  throw new AuthError(429, "over_email_send_rate_limit", message);
}

/** Confirms the address of the account. The links in all earlier e-mails and the code of the confirmation stop working. */
export async function confirmUser(db: Db, user: User): Promise<void> {
  await updateUser(db, user.id, {
    confirmation_token: "",
    email_confirmed_at: now(),
    raw_user_meta_data: JSON.stringify({ ...user.raw_user_meta_data, email_verified: true }),
  });
  await deleteTokens(db, user.id);
}

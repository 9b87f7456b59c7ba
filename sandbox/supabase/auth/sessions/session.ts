import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { now, select, selectFirst, type Db } from "../database.ts";
import type { AuthSettings } from "../settings.ts";

export const Session = z.object({
  id: z.string(),
  user_id: z.string(),
  created_at: z.string(),
  refreshed_at: z.string().nullable(),
  aal: z.string().nullable(),
  factor_id: z.string().nullable(),
});
export type Session = z.infer<typeof Session>;

/** The ways to sign in. `totp` is the second step of a sign-in, and makes the session `aal2`. */
export type Method = "password" | "otp" | "oauth" | "totp" | "magiclink" | "recovery" | "email/signup" | "email_change";

const Claim = z.object({ method: z.string(), timestamp: z.number() });

export function findSession(db: Db, id: string): Promise<Session | null> {
  return selectFirst(db, Session, sql`select to_jsonb(s) as item from auth.sessions s where id = ${id}`);
}

export async function insertSession(db: Db, userId: string, client: { userAgent: string | null; ip: string }) {
  const id = randomUUID();
  const { userAgent: user_agent, ip } = client;
  await db.insertInto("auth.sessions").values({ id, user_id: userId, aal: "aal1", user_agent, ip }).execute();
  return id;
}

export async function addMethod(db: Db, sessionId: string, method: Method): Promise<void> {
  await sql`insert into auth.mfa_amr_claims (session_id, authentication_method) values (${sessionId}, ${method})
    on conflict (session_id, authentication_method) do update set updated_at = now()`.execute(db);
}

/** Returns how and when (Unix seconds) the user signed in, newest first. */
export function listMethods(db: Db, sessionId: string) {
  return select(
    db,
    Claim,
    sql`select jsonb_build_object('method', authentication_method,
        'timestamp', floor(extract(epoch from updated_at))) as item
      from auth.mfa_amr_claims where session_id = ${sessionId} order by updated_at desc`,
  );
}

/** Returns why a session has ended, as the message of the real server. Returns null while the session is valid. */
export function expiredReason({ created_at, refreshed_at }: Session, { sessions }: AuthSettings): string | null {
  const age = Date.now() - Date.parse(created_at);
  // The column `refreshed_at` has no time zone. Its times are UTC.
  const idle = Date.now() - Date.parse(refreshed_at ? `${refreshed_at}Z` : created_at);
  if (sessions.timebox && age > sessions.timebox) return "Session Expired";
  return sessions.inactivity_timeout && idle > sessions.inactivity_timeout ? "Session Expired (Inactivity)" : null;
}

/** Ends all sessions of the user except the session `exceptId`. */
export async function endSessions(db: Db, userId: string, exceptId: string | null = null): Promise<void> {
  const all = db.deleteFrom("auth.sessions").where("user_id", "=", userId);
  await (exceptId ? all.where("id", "!=", exceptId) : all).execute();
}

const RefreshToken = z.object({
  id: z.string(),
  token: z.string(),
  user_id: z.string(),
  session_id: z.string(),
  parent: z.string().nullable(),
  revoked: z.boolean(),
  updated_at: z.string(),
});
export type RefreshToken = z.infer<typeof RefreshToken>;

export async function insertRefreshToken(db: Db, userId: string, sessionId: string, parent = ""): Promise<string> {
  // As on the real server, a refresh token has twelve letters and digits.
  const token = Array.from(randomBytes(12), (byte) => "abcdefghijklmnopqrstuvwxyz234567"[byte % 32]).join("");
  const row = { id: randomUUID(), token, user_id: userId, session_id: sessionId, parent };
  await db.insertInto("auth.refresh_tokens").values(row).execute();
  return token;
}

/** Returns the refresh token, and locks it until the transaction ends. */
export function lockRefreshToken(db: Db, token: string): Promise<RefreshToken | null> {
  const found = sql`select * from auth.refresh_tokens where token = ${token} for update`;
  return selectFirst(db, RefreshToken, sql`select to_jsonb(found) as item from (${found}) found`);
}

/** Returns the newest unused refresh token of the session. */
export function findActiveToken(db: Db, sessionId: string): Promise<RefreshToken | null> {
  return selectFirst(
    db,
    RefreshToken,
    sql`select to_jsonb(t) as item from auth.refresh_tokens t
      where session_id = ${sessionId} and not revoked order by created_at desc`,
  );
}

export async function revokeToken(db: Db, id: string): Promise<void> {
  await db.updateTable("auth.refresh_tokens").set({ revoked: true, updated_at: now() }).where("id", "=", id).execute();
}

export async function revokeTokens(db: Db, sessionId: string): Promise<void> {
  await db
    .updateTable("auth.refresh_tokens")
    .set({ revoked: true, updated_at: now() })
    .where("session_id", "=", sessionId)
    .where("revoked", "=", false)
    .execute();
}

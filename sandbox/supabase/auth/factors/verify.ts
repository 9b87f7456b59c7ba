import { randomUUID } from "node:crypto";
import { Secret } from "otpauth";
import { sql } from "kysely";
import { z } from "zod";
import { now, selectFirst } from "../database.ts";
import { clientOf, readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { presentTokens } from "../sessions/issue.ts";
import { requireUser } from "../sessions/require-user.ts";
import { addMethod, findActiveToken, insertRefreshToken, revokeToken } from "../sessions/session.ts";
import { requireUserById, type Factor, type User } from "../users/user.ts";
import { createTotp } from "./enroll.ts";

/** How long a challenge is valid (ms). */
const LIFETIME = 5 * 60_000;

const Body = z.object({ challenge_id: z.uuid(), code: z.string().default("") });
const Challenge = z.object({
  id: z.string(),
  created_at: z.string(),
  verified_at: z.string().nullable(),
  ip: z.string(),
});

/** Returns the factor whose id is in the path. Throws if this user has no such factor. */
export function requireFactor({ ids }: AuthRequest, user: User): Factor {
  const id = ids.at(-1) ?? "";
  if (!z.uuid().safeParse(id).success) throw new AuthError(404, "validation_failed", "factor_id must be an UUID");
  const factor = user.factors.find((candidate) => candidate.id === id);
  if (!factor) throw new AuthError(404, "mfa_factor_not_found", "Factor not found");
  return factor;
}

/** POST /factors/:id/challenge */
export async function challengeFactor(call: AuthRequest) {
  const { user } = await requireUser(call);
  const factor = requireFactor(call, user);
  const id = randomUUID();
  const challenge = { id, factor_id: factor.id, created_at: now(), ip_address: clientOf(call).ip };
  await call.db.insertInto("auth.mfa_challenges").values(challenge).execute();
  await call.db
    .updateTable("auth.mfa_factors")
    .set({ last_challenged_at: challenge.created_at })
    .where("id", "=", factor.id)
    .execute();
  return { id, type: factor.factor_type, expires_at: Math.floor((Date.now() + LIFETIME) / 1000) };
}

/**
 * POST /factors/:id/verify: checks a code of an authenticator app. If the code is right, the session becomes `aal2` (signed in
 * with two factors), and all sessions of the user that are still `aal1` end.
 */
export async function verifyFactor(call: AuthRequest) {
  const { db } = call;
  const { user, session } = await requireUser(call);
  const factor = requireFactor(call, user);
  const { challenge_id, code } = readBody(call, Body);
  if (!code) throw invalid("Code needs to be non-empty");
  await requireChallenge(call, factor.id, challenge_id);
  const totp = createTotp(Secret.fromBase32(factor.secret ?? ""));
  if (totp.validate({ token: code, window: 1 }) === null) {
    throw new AuthError(422, "mfa_verification_failed", "Invalid TOTP code entered");
  }

  const time = now();
  await db.updateTable("auth.mfa_challenges").set({ verified_at: time }).where("id", "=", challenge_id).execute();
  const verified = { status: "verified", updated_at: time };
  await db.updateTable("auth.mfa_factors").set(verified).where("id", "=", factor.id).execute();
  await addMethod(db, session.id, "totp");
  const level = { aal: "aal2", factor_id: factor.id, updated_at: time };
  await db.updateTable("auth.sessions").set(level).where("id", "=", session.id).execute();
  const current = await findActiveToken(db, session.id);
  if (current) await revokeToken(db, current.id);
  const refreshToken = await insertRefreshToken(db, user.id, session.id, current?.token);
  await sql`delete from auth.sessions where user_id = ${user.id} and aal < 'aal2'`.execute(db);
  await sql`delete from auth.mfa_factors where user_id = ${user.id} and status = 'unverified'`.execute(db);
  return presentTokens(call, await requireUserById(db, user.id), session.id, refreshToken);
}

async function requireChallenge(call: AuthRequest, factorId: string, id: string): Promise<void> {
  const challenge = await selectFirst(
    call.db,
    Challenge,
    sql`select to_jsonb(c) || jsonb_build_object('ip', host(ip_address)) as item from auth.mfa_challenges c
      where id = ${id} and factor_id = ${factorId}`,
  );
  if (!challenge) {
    throw new AuthError(422, "mfa_factor_not_found", "MFA factor with the provided challenge ID not found");
  }
  if (challenge.verified_at !== null || challenge.ip !== clientOf(call).ip) {
    throw new AuthError(422, "mfa_ip_address_mismatch", "Challenge and verify IP addresses mismatch.");
  }
  if (Date.now() > Date.parse(challenge.created_at) + LIFETIME) {
    const message = `MFA challenge ${id} has expired, verify against another challenge or create a new challenge.`;
    throw new AuthError(422, "mfa_challenge_expired", message);
  }
}

/** DELETE /factors/:id */
export async function removeFactor(call: AuthRequest) {
  const { user, session } = await requireUser(call);
  const factor = requireFactor(call, user);
  if (factor.status === "verified" && session.aal !== "aal2") {
    throw new AuthError(422, "insufficient_aal", "AAL2 required to unenroll verified factor");
  }
  await deleteFactor(call, factor.id);
  return { id: factor.id };
}

/** Deletes the factor. Sessions that became `aal2` with this factor become `aal1` again. */
export async function deleteFactor({ db }: AuthRequest, id: string): Promise<void> {
  await sql`delete from auth.mfa_amr_claims where authentication_method = 'totp'
    and session_id in (select id from auth.sessions where factor_id = ${id})`.execute(db);
  await sql`update auth.sessions set aal = 'aal1', factor_id = null where factor_id = ${id}`.execute(db);
  await sql`delete from auth.mfa_factors where id = ${id}`.execute(db);
}

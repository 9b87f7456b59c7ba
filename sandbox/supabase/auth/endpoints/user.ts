import { z } from "zod";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { sendEmailChange } from "../mail/send.ts";
import { Challenge, insertFlow, isPkce } from "../sessions/flow-state.ts";
import { requireUser } from "../sessions/require-user.ts";
import { endSessions, type Session } from "../sessions/session.ts";
import { requireEmail } from "../users/email-address.ts";
import { deleteToken, deleteTokens, hashCode, isCode } from "../users/one-time-tokens.ts";
import { hashPassword, isPassword, requireStrongPassword } from "../users/passwords.ts";
import { presentUser } from "../users/present-user.ts";
import {
  findUserByAnyEmail,
  hasVerifiedFactor,
  mergeData,
  requireUserById,
  updateUser,
  type User,
} from "../users/user.ts";

const Body = Challenge.extend({
  email: z.string().default(""),
  password: z.string().nullish(),
  phone: z.string().default(""),
  nonce: z.string().default(""),
  data: z.record(z.string(), z.unknown()).nullish(),
  app_metadata: z.record(z.string(), z.unknown()).nullish(),
});

/** GET /user */
export async function getUser(call: AuthRequest) {
  return presentUser((await requireUser(call)).user);
}

/** PUT /user: changes the password, the data or the address of the user. Source: UserUpdate in supabase/auth. */
export async function changeUser(call: AuthRequest) {
  const { db, settings } = call;
  const { user, session } = await requireUser(call);
  const body = readBody(call, Body);
  const email = body.email && requireEmail(body.email);
  const isNewEmail = email !== "" && email !== user.email;
  const { password } = body;
  if (typeof password === "string") requireStrongPassword(password, settings);
  if (body.app_metadata) {
    throw new AuthError(403, "not_admin", "Updating app_metadata requires admin privileges");
  }
  if (body.phone) throw new AuthError(400, "validation_failed", "Invalid phone number format (E.164 required)");
  if (hasVerifiedFactor(user) && session.aal !== "aal2" && (password || isNewEmail)) {
    const message = "AAL2 session is required to update email or password when MFA is enabled.";
    throw new AuthError(401, "insufficient_aal", message);
  }
  if (isNewEmail && (await findUserByAnyEmail(db, email, user.id))) {
    throw new AuthError(422, "email_exists", "A user with this email address has already been registered");
  }
  if (password) {
    if (settings.asksBeforeNewPassword) await requireCode(call, user, session, body.nonce);
    if (isPassword(password, user.encrypted_password)) {
      throw new AuthError(422, "same_password", "New password should be different from the old password.");
    }
    await setPassword(call, user.id, password, session.id);
  }
  if (body.data) await updateUser(db, user.id, { raw_user_meta_data: mergeData(user.raw_user_meta_data, body.data) });
  if (isNewEmail) await startEmailChange(call, user.id, email, body);
  return presentUser(await requireUserById(db, user.id));
}

/** A session that is younger than this (ms) can change the password without a code. */
const TRUSTED = 24 * 3_600_000;

/** Throws if the session is older than `TRUSTED`, unless the code is the code that GET /reauthenticate has sent. */
async function requireCode({ db, settings }: AuthRequest, user: User, session: Session, code: string): Promise<void> {
  if (Date.now() <= Date.parse(session.created_at) + TRUSTED) return;
  if (!code) throw new AuthError(400, "reauthentication_needed", "Password update requires reauthentication");
  const hash = hashCode(user.email ?? "", code);
  if (!isCode(hash, user.reauthentication_token, user.reauthentication_sent_at, settings.codeSeconds)) {
    throw new AuthError(422, "reauthentication_not_valid", "Nonce has expired or is invalid");
  }
  await deleteToken(db, user.id, "reauthentication_token");
}

/**
 * Changes the password. Ends all sessions of the user except the session `sessionId`. The links and codes in all earlier e-mails
 * stop working.
 */
export async function setPassword({ db }: AuthRequest, userId: string, password: string, sessionId: string | null) {
  await updateUser(db, userId, {
    encrypted_password: hashPassword(password),
    confirmation_token: "",
    confirmation_sent_at: null,
    recovery_token: "",
    recovery_sent_at: null,
    email_change_token_current: "",
    email_change_token_new: "",
    email_change_sent_at: null,
    reauthentication_token: "",
    reauthentication_sent_at: null,
  });
  await deleteTokens(db, userId);
  await endSessions(db, userId, sessionId);
}

async function startEmailChange(call: AuthRequest, userId: string, email: string, challenge: Challenge): Promise<void> {
  const needsPkce = isPkce(challenge);
  const user: User = await requireUserById(call.db, userId);
  if (needsPkce) {
    await insertFlow(call.db, { userId, method: "email_change", provider: "email_change", challenge });
  }
  await sendEmailChange(call, user, email, needsPkce);
}

/** POST /logout: ends this session, all other sessions of the user, or all sessions of the user. */
export async function signOut(call: AuthRequest) {
  const scope = call.url.searchParams.get("scope") || "global";
  const { user, session } = await requireUser(call);
  if (!["global", "local", "others"].includes(scope))
    throw invalid(`Unsupported logout scope ${JSON.stringify(scope)}`);
  if (scope === "local") await call.db.deleteFrom("auth.sessions").where("id", "=", session.id).execute();
  else await endSessions(call.db, user.id, scope === "others" ? session.id : null);
  return null;
}

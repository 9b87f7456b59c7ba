import { z } from "zod";
import { now } from "../database.ts";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { isAllowed, redirectTarget } from "../http/redirect-target.ts";
import { sendMail, verifyUrl } from "../mail/send.ts";
import { requireAdmin } from "../sessions/require-user.ts";
import { requireEmail } from "../users/email-address.ts";
import { emailIdentityData, insertIdentity } from "../users/identities.ts";
import { createCode, hashCode, saveToken, type TokenKind } from "../users/one-time-tokens.ts";
import { hashPassword, randomPassword, requireStrongPassword } from "../users/passwords.ts";
import { presentUser } from "../users/present-user.ts";
import {
  findUserByAnyEmail,
  findUserByEmail,
  insertUser,
  isConfirmed,
  mergeData,
  requireUserById,
  updateUser,
  type User,
} from "../users/user.ts";

const Data = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((data) => data ?? {});
const Invite = z.object({ email: z.string().default(""), data: Data });
const Link = Invite.extend({
  type: z.string().default(""),
  new_email: z.string().default(""),
  password: z.string().default(""),
  redirect_to: z.string().default(""),
});
const exists = () => new AuthError(422, "email_exists", "A user with this email address has already been registered");

async function addUser({ db }: AuthRequest, email: string, passwordHash: string | null, data: Record<string, unknown>) {
  const user = await insertUser(db, { email, passwordHash, provider: "email", data });
  await insertIdentity(db, user.id, "email", emailIdentityData(user.id, email));
  return requireUserById(db, user.id);
}

/** POST /invite: creates an account without a password, and sends its owner an e-mail. */
export async function invite(call: AuthRequest) {
  requireAdmin(call);
  const body = readBody(call, Invite);
  const email = requireEmail(body.email);
  const known = await findUserByEmail(call.db, email);
  if (known && isConfirmed(known)) throw exists();
  const user = known ?? (await addUser(call, email, null, body.data));
  await sendMail(call, user, "invite");
  return presentUser(await requireUserById(call.db, user.id));
}

/** POST /admin/generate_link: returns the code and the link that an e-mail would contain, but sends no e-mail. */
export async function generateLink(call: AuthRequest) {
  requireAdmin(call);
  const { db, settings } = call;
  const body = readBody(call, Link);
  const email = requireEmail(body.email);
  const known = await findUserByEmail(db, email);
  const isMissing = !known && ["recovery", "email_change_current", "email_change_new"].includes(body.type);
  if (isMissing) throw new AuthError(404, "user_not_found", "User with this email not found");
  const type = body.type === "magiclink" && !known ? "signup" : body.type;
  const password = body.password || (body.type === "magiclink" ? randomPassword() : "");
  const user = await prepareUser(call, known, { ...body, email, type, password });

  const code = createCode(settings.codeLength);
  const hash = hashCode(email, code);
  const isNew = type === "email_change_new";
  const kind = KINDS[type] ?? "recovery_token";
  await saveToken(db, user.id, kind, isNew ? hashCode(body.new_email.toLowerCase(), code) : hash, email);
  await updateUser(db, user.id, { [SENT_AT[kind]]: now(), ...(type === "invite" && { invited_at: now() }) });
  const asked = body.redirect_to;
  const redirectTo = isAllowed(asked, call.siteUrl, settings.redirectUrls) ? asked : redirectTarget(call);
  const updated = await requireUserById(db, user.id);
  return {
    ...presentUser(updated),
    action_link: verifyUrl(call, updated[kind] ?? "", type.replace(/_(current|new)$/, ""), redirectTo),
    email_otp: code,
    hashed_token: hash,
    verification_type: type,
    redirect_to: redirectTo,
  };
}

const KINDS: Record<string, Exclude<TokenKind, "reauthentication_token">> = {
  signup: "confirmation_token",
  invite: "confirmation_token",
  magiclink: "recovery_token",
  recovery: "recovery_token",
  email_change_current: "email_change_token_current",
  email_change_new: "email_change_token_new",
};
const SENT_AT = {
  confirmation_token: "confirmation_sent_at",
  recovery_token: "recovery_sent_at",
  email_change_token_current: "email_change_sent_at",
  email_change_token_new: "email_change_sent_at",
} as const;

type Request = z.infer<typeof Link>;

/** Returns the account for the link. For a link of type `signup` or `invite`, creates the account if it does not exist. */
async function prepareUser(call: AuthRequest, known: User | null, body: Request): Promise<User> {
  const { email, type, password, data } = body;
  if (type === "signup" || type === "invite") {
    if (known && isConfirmed(known)) throw exists();
    if (type === "signup" && !known) {
      if (!password) throw invalid("Signup requires a valid password");
      requireStrongPassword(password, call.settings);
    }
    if (!known) return addUser(call, email, type === "signup" ? hashPassword(password) : null, data);
    if (type === "signup") {
      await updateUser(call.db, known.id, { raw_user_meta_data: mergeData(known.raw_user_meta_data, data) });
    }
    return known;
  }
  if (!known || !KINDS[type]) throw invalid(`Invalid email action link type requested: ${type}`);
  if (type.startsWith("email_change_")) {
    const newEmail = requireEmail(body.new_email);
    if (await findUserByAnyEmail(call.db, newEmail, known.id)) throw exists();
    await updateUser(call.db, known.id, { email_change: newEmail, email_change_confirm_status: 0 });
  }
  return known;
}

import { z } from "zod";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { issueSession } from "../sessions/issue.ts";
import { isEmail } from "../users/email-address.ts";
import { updateIdentity, updateProviders } from "../users/identities.ts";
import {
  confirmUser,
  deleteTokens,
  findTokenOwner,
  hashCode,
  isCode,
  isExpired,
  type TokenKind,
} from "../users/one-time-tokens.ts";
import { hashPassword, randomPassword } from "../users/passwords.ts";
import {
  findUserByEmail,
  isBanned,
  isConfirmed,
  lockUser,
  requireUserById,
  updateUser,
  type User,
} from "../users/user.ts";
import { confirmEmailChange } from "../users/confirm-email-change.ts";

const Body = z.object({
  type: z.string().default(""),
  token: z.string().default(""),
  token_hash: z.string().default(""),
  email: z.string().default(""),
  phone: z.string().default(""),
  redirect_to: z.string().default(""),
});

const KINDS: Record<string, TokenKind[]> = {
  email: ["confirmation_token", "recovery_token"],
  signup: ["confirmation_token"],
  invite: ["confirmation_token"],
  magiclink: ["recovery_token"],
  recovery: ["recovery_token"],
  email_change: ["email_change_token_current", "email_change_token_new"],
};
const SENT_AT = {
  confirmation_token: "confirmation_sent_at",
  recovery_token: "recovery_sent_at",
  email_change_token_current: "email_change_sent_at",
  email_change_token_new: "email_change_sent_at",
  reauthentication_token: "reauthentication_sent_at",
} as const;

/** The message in the response to the first of two confirmations of a new address. */
export const ONE_OF_TWO = "Confirmation link accepted. Please proceed to confirm link sent to the other email";

const expired = (message: string) => new AuthError(403, "otp_expired", message);

/** POST /verify: signs in with the code of an e-mail, or with the hash in its link. Source: Verify in supabase/auth. */
export async function verify(call: AuthRequest) {
  const body = readBody(call, Body);
  if (!body.type) throw invalid("Verify requires a verification type");
  if ((body.token === "") === (body.token_hash === "")) {
    throw invalid("Verify requires either a token or a token hash");
  }
  if (body.token_hash && (body.email || body.phone || body.redirect_to)) {
    throw invalid("Only the token_hash and type should be provided");
  }
  const user = body.token_hash
    ? await findByHash(call, body.type, body.token_hash)
    : await findByCode(call, body.type, body.email, body.token);
  const hash = body.token_hash || hashCode(body.email.toLowerCase(), body.token);
  const confirmed = await confirmByMail(call, user, body.type, hash);
  if (!confirmed) return { msg: ONE_OF_TWO, code: "200" };
  return issueSession(call, confirmed.id, "otp");
}

/** Returns the user to whom the link was sent. Throws if the link is not valid. */
export async function findByHash(call: AuthRequest, type: string, hash: string): Promise<User> {
  const kinds = KINDS[type];
  if (!kinds) throw invalid("Invalid email verification type");
  const owner = await findTokenOwner(call.db, hash, kinds);
  const invalidLink = expired("Email link is invalid or has expired");
  if (!owner) throw invalidLink;
  const user = await requireUserById(call.db, owner);
  if (isBanned(user)) throw new AuthError(403, "user_banned", "User is banned");
  const kind = kinds.find((candidate) => user[candidate] === hash) ?? kinds[0];
  if (!kind || isExpired(user[SENT_AT[kind]], call.settings.codeSeconds)) throw invalidLink;
  return user;
}

/** Returns the user to whose address the code was sent. Throws if the code is not valid. */
async function findByCode(call: AuthRequest, type: string, address: string, code: string): Promise<User> {
  if (!address) throw invalid("Only an email address or phone number should be provided on verify");
  if (!isEmail(address)) throw new AuthError(422, "validation_failed", "Invalid email format");
  const email = address.toLowerCase();
  const hash = hashCode(email, code);
  const kinds = KINDS[type];
  const invalidCode = expired("Token has expired or is invalid");
  if (!kinds) throw invalidCode;
  const isChange = type === "email_change";
  const owner = isChange ? await findChange(call, hash) : (await findUserByEmail(call.db, email))?.id;
  const user = owner ? await lockUser(call.db, owner) : null;
  if (!user) throw invalidCode;
  if (isBanned(user)) throw new AuthError(403, "user_banned", "User is banned");
  const { codeSeconds } = call.settings;
  if (!kinds.some((kind) => isCode(hash, user[kind], user[SENT_AT[kind]], codeSeconds))) throw invalidCode;
  return user;
}

async function findChange(call: AuthRequest, hash: string): Promise<string | null> {
  const kinds = KINDS.email_change ?? [];
  return (await findTokenOwner(call.db, hash, kinds)) ?? findTokenOwner(call.db, `pkce_${hash}`, kinds);
}

/**
 * Makes the change that the e-mail was sent for, such as confirming the address, and returns the user. Returns null if the user
 * wants to change the address and must still open the e-mail to the other address.
 */
export async function confirmByMail(call: AuthRequest, user: User, type: string, hash: string): Promise<User | null> {
  const { db } = call;
  const isConfirmation = type === "email" && isSameHash(user.confirmation_token, hash);
  if (type === "email_change") {
    if (!(await confirmEmailChange(call, user, hash))) return null;
  } else if (type === "signup" || type === "invite" || isConfirmation) {
    await acceptAccount(call, user);
  } else {
    await updateUser(db, user.id, { recovery_token: "" });
    await deleteTokens(db, user.id);
    if (!isConfirmed(user)) await confirmUser(db, user);
  }
  return updateProviders(db, user.id);
}

export const isSameHash = (stored: string | null, hash: string) => stored === hash || stored === `pkce_${hash}`;

async function acceptAccount({ db }: AuthRequest, user: User): Promise<void> {
  // An invited user chooses a password later. Until then, the account has a random password that nobody knows.
  if (!user.encrypted_password && user.invited_at) {
    await updateUser(db, user.id, { encrypted_password: hashPassword(randomPassword()), confirmation_sent_at: null });
  }
  await confirmUser(db, user);
  for (const identity of user.identities) {
    if (identity.email && identity.email === user.email) await updateIdentity(db, identity, { email_verified: true });
  }
}

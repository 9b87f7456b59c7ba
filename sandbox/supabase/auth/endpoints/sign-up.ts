import { randomUUID } from "node:crypto";
import { z } from "zod";
import { now } from "../database.ts";
import { readBody, type AuthRequest } from "../http/auth-request.ts";
import { AuthError, invalid } from "../http/errors.ts";
import { sendMail } from "../mail/send.ts";
import { Challenge, insertFlow, isPkce } from "../sessions/flow-state.ts";
import { issueSession } from "../sessions/issue.ts";
import { requireEmail } from "../users/email-address.ts";
import { emailIdentityData, insertIdentity, removeUnconfirmedIdentities } from "../users/identities.ts";
import { confirmUser } from "../users/one-time-tokens.ts";
import { hashPassword, requireStrongPassword } from "../users/passwords.ts";
import { presentUser } from "../users/present-user.ts";
import { findUserByAnyEmail, insertUser, isConfirmed, requireUserById, type User } from "../users/user.ts";

const Data = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((data) => data ?? {});
const Body = Challenge.extend({
  email: z.string().default(""),
  phone: z.string().default(""),
  password: z.string().default(""),
  data: Data,
});
type Account = z.infer<typeof Body>;

/** POST /signup. Source: Signup in supabase/auth. */
export async function signUp(call: AuthRequest) {
  const account = readBody(call, Body);
  if (!account.email && !account.phone) {
    throw new AuthError(422, "anonymous_provider_disabled", "Anonymous sign-ins are disabled");
  }
  if (!call.settings.allowsSignUp) {
    throw new AuthError(422, "signup_disabled", "Signups not allowed for this instance");
  }
  if (!account.password) throw invalid("Signup requires a valid password");
  requireStrongPassword(account.password, call.settings);
  if (account.email && account.phone) {
    throw invalid("Only an email address or phone number should be provided on signup.");
  }
  if (account.phone) throw new AuthError(400, "phone_provider_disabled", "Phone signups are disabled");

  const user = await register(call, account);
  if (user === null) {
    if (call.settings.confirmsAtOnce) throw new AuthError(422, "user_already_exists", "User already registered");
    return presentUnknown(account);
  }
  if (isConfirmed(user)) return issueSession(call, user.id, "password");
  return presentUser(user.invited_at ? { ...user, raw_user_meta_data: {}, identities: [] } : user);
}

/**
 * Creates the account, or finds an unconfirmed account with this address. Sends an e-mail if the account must be confirmed.
 * Returns null if a confirmed account exists already.
 */
export async function register(call: AuthRequest, account: Account): Promise<User | null> {
  const { db, settings } = call;
  const needsPkce = isPkce(account);
  const email = requireEmail(account.email);
  const known = await findUserByAnyEmail(db, email);
  if (known && isConfirmed(known)) return null;
  const { password, data } = account;
  const created =
    known ?? (await insertUser(db, { email, passwordHash: hashPassword(password), provider: "email", data }));

  let user = created;
  if (!user.identities.some(({ provider }) => provider === "email")) {
    const identityData = { ...data, ...emailIdentityData(user.id, user.email ?? "") };
    user = await removeUnconfirmedIdentities(db, user.id, await insertIdentity(db, user.id, "email", identityData));
  }
  if (settings.confirmsAtOnce) {
    await confirmUser(db, user);
  } else {
    if (needsPkce) {
      await insertFlow(db, { userId: user.id, method: "email/signup", provider: "email", challenge: account });
    }
    await sendMail(call, user, "confirmation", needsPkce);
  }
  return requireUserById(db, user.id);
}

/**
 * Returns the response to a sign-up with a known address. It looks like the response for an unknown address, so that nobody
 * learns which accounts exist.
 */
function presentUnknown({ email, data }: Account) {
  return {
    id: randomUUID(),
    aud: "authenticated",
    role: "",
    email: email.toLowerCase(),
    phone: "",
    confirmation_sent_at: now(),
    app_metadata: { provider: "email", providers: ["email"] },
    user_metadata: data,
    identities: [],
    created_at: now(),
    updated_at: now(),
    is_anonymous: false,
  };
}

import { sql } from "kysely";
import { z } from "zod";
import { select } from "../database.ts";
import type { AuthRequest } from "../http/auth-request.ts";
import { AuthError } from "../http/errors.ts";
import { sendMail } from "../mail/send.ts";
import {
  findIdentity,
  insertIdentity,
  removeUnconfirmedIdentities,
  updateIdentity,
  updateProviders,
} from "../users/identities.ts";
import { confirmUser } from "../users/one-time-tokens.ts";
import {
  findUserByAnyEmail,
  findUserByEmail,
  findUserById,
  insertUser,
  isBanned,
  isConfirmed,
  mergeData,
  requireUserById,
  updateUser,
  type User,
} from "../users/user.ts";
import type { Profile } from "./provider.ts";

/** The part of a provider's profile that is stored in the account. */
function identityDataOf({ sub, email = "", email_verified, ...profile }: Profile) {
  const claims = Object.entries(profile).filter(([, value]) => typeof value === "string");
  const name = profile.name ?? profile.preferred_username;
  return {
    ...Object.fromEntries(claims),
    ...(typeof name === "string" && { full_name: name }),
    ...(typeof profile.picture === "string" && { avatar_url: profile.picture }),
    sub,
    provider_id: sub,
    email: email.toLowerCase(),
    email_verified,
    phone_verified: false,
  };
}

/**
 * Finds or creates the account for this profile: the account to which the profile is linked, an account with the same verified
 * address, or else a new account. Returns the id of the account. Source: createAccountFromExternalIdentity in supabase/auth.
 */
export async function signInWithProfile(call: AuthRequest, provider: string, profile: Profile): Promise<string> {
  const { db } = call;
  const data = identityDataOf(profile);
  const { user, identityId } = await findOrCreate(call, provider, profile, data);
  if (isBanned(user)) throw new AuthError(403, "user_banned", "User is banned");
  if (isConfirmed(user)) return user.id;

  // A stranger may have created this unconfirmed account, and may know its password. So the password and all other identities are
  // removed, and the data of the account is replaced by the data of this identity.
  const cleaned = await removeUnconfirmedIdentities(db, user.id, identityId);
  if (profile.email_verified) {
    await confirmUser(db, cleaned);
    return user.id;
  }
  const remedy = cleaned.email
    ? `A confirmation email has been sent to your ${provider} email`
    : `Verify the email with ${provider} in order to sign in`;
  if (cleaned.email) await sendMail(call, cleaned, "confirmation");
  const code = "provider_email_needs_verification";
  throw new AuthError(422, code, `Unverified email with ${provider}. ${remedy}`, { keepsChanges: true });
}

async function findOrCreate(
  call: AuthRequest,
  provider: string,
  profile: Profile,
  data: { sub: string; email: string },
) {
  const { db, settings } = call;
  const identity = await findIdentity(db, provider, data.sub);
  if (identity) {
    await updateIdentity(db, identity, data);
    return { user: await addData(call, identity.user_id, data), identityId: identity.id };
  }
  const match = profile.email_verified ? await findMatch(call, data.email) : null;
  if (match) {
    const identityId = await insertIdentity(db, match.id, provider, data);
    return { user: await addData(call, match.id, data), identityId };
  }
  if (!settings.allowsSignUp) throw new AuthError(422, "signup_disabled", "Signups not allowed for this instance");
  const isTaken = (await findUserByAnyEmail(db, data.email)) !== null;
  const user = await insertUser(db, { email: isTaken ? "" : data.email, passwordHash: null, provider, data });
  return { user, identityId: await insertIdentity(db, user.id, provider, data) };
}

async function addData({ db }: AuthRequest, userId: string, data: Record<string, unknown>): Promise<User> {
  const user = await requireUserById(db, userId);
  await updateUser(db, userId, { raw_user_meta_data: mergeData(user.raw_user_meta_data, data) });
  return updateProviders(db, userId);
}

/**
 * Returns the account that has this address itself, or in one of its identities (ways to sign in, each with its own address).
 * Throws if the identities of several accounts have this address.
 */
async function findMatch({ db }: AuthRequest, email: string): Promise<User | null> {
  const Owner = z.object({ user_id: z.string() });
  const owners = await select(
    db,
    Owner,
    sql`select jsonb_build_object('user_id', user_id) as item from auth.identities where email = ${email} group by user_id`,
  );
  if (owners.length > 1) {
    const message = "Multiple accounts with the same email address in the same linking domain detected: default";
    throw new AuthError(500, "unexpected_failure", message);
  }
  const [owner] = owners;
  return owner ? findUserById(db, owner.user_id) : findUserByEmail(db, email);
}

/** Links the profile to the account that began the sign-in. Returns the id of the account. */
export async function linkToUser(
  call: AuthRequest,
  userId: string,
  provider: string,
  profile: Profile,
): Promise<string> {
  const { db } = call;
  const user = await findUserById(db, userId);
  if (!user) throw new AuthError(422, "user_not_found", "Linking target user not found");
  const identity = await findIdentity(db, provider, profile.sub);
  if (identity) {
    const suffix = identity.user_id === userId ? "" : " to another user";
    throw new AuthError(422, "identity_already_exists", `Identity is already linked${suffix}`);
  }
  await insertIdentity(db, userId, provider, identityDataOf(profile));
  await updateProviders(db, userId);
  return userId;
}

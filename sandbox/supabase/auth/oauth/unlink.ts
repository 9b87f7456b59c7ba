import { z } from "zod";
import type { AuthRequest } from "../http/auth-request.ts";
import { AuthError } from "../http/errors.ts";
import { requireUser } from "../sessions/require-user.ts";
import { deleteIdentity, updateProviders } from "../users/identities.ts";
import { deleteTokens } from "../users/one-time-tokens.ts";
import { findUserByEmail, mergeData, updateUser, type Identity, type User } from "../users/user.ts";
import { requireLinking } from "./authorize.ts";

/** DELETE /user/identities/:id. Source: DeleteIdentity in supabase/auth. */
export async function unlink(call: AuthRequest) {
  const { user } = await requireUser(call);
  requireLinking(call);
  const [id = ""] = call.ids;
  if (!z.uuid().safeParse(id).success) throw new AuthError(404, "validation_failed", "identity_id must be an UUID");
  if (user.identities.length <= 1) {
    const message = "User must have at least 1 identity after unlinking";
    throw new AuthError(422, "single_identity_not_deletable", message);
  }
  if (!user.identities.some((identity) => identity.id === id)) {
    throw new AuthError(422, "identity_not_found", "Identity doesn't exist");
  }
  await deleteIdentity(call.db, id);
  const left = user.identities.filter((identity) => identity.id !== id);
  await keepAddressOf(call, user, left);
  await updateProviders(call.db, user.id);
  return {};
}

const isVerified = ({ email, identity_data }: Identity) => !!email && identity_data.email_verified === true;

/**
 * Called after an identity was removed. If no remaining identity has the address of the account, the account gets the address of
 * one of them, if possible an address that the provider has verified. The links and codes in earlier e-mails then stop working.
 */
async function keepAddressOf({ db }: AuthRequest, user: User, left: Identity[]): Promise<void> {
  if (left.some(({ email }) => email === user.email)) return;
  const byTrust = left.toSorted((a, b) => rank(a) - rank(b));
  let next: Identity | undefined;
  for (const identity of byTrust) {
    if (!next && !(identity.email && (await findUserByEmail(db, identity.email)))) next = identity;
  }
  if (!next) {
    const message = "Unable to unlink identity due to email conflict";
    throw new AuthError(422, "email_conflict_identity_not_deletable", message);
  }
  await updateUser(db, user.id, {
    email: next.email,
    confirmation_token: "",
    recovery_token: "",
    email_change: "",
    email_change_token_current: "",
    email_change_token_new: "",
    email_change_confirm_status: 0,
    reauthentication_token: "",
    ...(!isVerified(next) && {
      email_confirmed_at: null,
      raw_user_meta_data: mergeData(user.raw_user_meta_data, { email_verified: false }),
    }),
  });
  await deleteTokens(db, user.id);
}

function rank(identity: Identity): number {
  if (!identity.email) return 2;
  return isVerified(identity) ? 0 : 1;
}

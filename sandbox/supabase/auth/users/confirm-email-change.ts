import { updateIdentity, insertIdentity, emailIdentityData } from "./identities.ts";
import type { AuthRequest } from "../http/auth-request.ts";
import { AuthError } from "../http/errors.ts";
import { confirmUser, deleteToken, deleteTokens } from "./one-time-tokens.ts";
import { findUserByAnyEmail, isConfirmed, requireUserById, updateUser, type User } from "./user.ts";

/**
 * Handles the link or the code of an e-mail about a new address. If the old and the new address must both confirm the change,
 * there are two e-mails. The first confirmation is only stored, and this function returns false. The second confirmation changes
 * the address. Source: emailChangeVerify in supabase/auth.
 */
export async function confirmEmailChange({ db, settings }: AuthRequest, user: User, hash: string): Promise<boolean> {
  if (settings.confirmsBothAddresses && user.email_change_confirm_status === 0 && user.email) {
    const isCurrent = [hash, `pkce_${hash}`].includes(user.email_change_token_current ?? "");
    await deleteToken(db, user.id, isCurrent ? "email_change_token_current" : "email_change_token_new");
    await updateUser(db, user.id, { email_change_confirm_status: 1 });
    return false;
  }
  const email = user.email_change ?? "";
  // Another user may have registered the new address since the e-mails were sent.
  if (await findUserByAnyEmail(db, email, user.id)) {
    throw new AuthError(500, "unexpected_failure", "Error confirm email");
  }
  const identity = user.identities.find(({ provider }) => provider === "email");
  if (identity) await updateIdentity(db, identity, { email, email_verified: true });
  else await insertIdentity(db, user.id, "email", emailIdentityData(user.id, email, true));
  await updateUser(db, user.id, {
    email,
    email_change: "",
    email_change_token_current: "",
    email_change_token_new: "",
    email_change_confirm_status: 0,
  });
  await deleteTokens(db, user.id);
  if (!isConfirmed(user)) await confirmUser(db, await requireUserById(db, user.id));
  return true;
}

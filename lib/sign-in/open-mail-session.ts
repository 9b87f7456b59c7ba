import "server-only";
import { isFirstUse } from "@/lib/limits/sign-in-limits";
import { authOutage } from "@/lib/supabase/auth-errors";
import { openSession, type Opened } from "@/lib/supabase/open-session";
import { hasForeignPassword, isForNewPassword, replacePassword } from "./claim-account";
import { findMailRequest } from "./mail-request-cookie";

type MailSession = Opened & { choosesPassword: boolean };

/** How long this app itself refuses a link or code after its first use (s). After this time, Supabase refuses it. */
const USED_SECONDS = 10;

/**
 * Signs in with the code or the link of an e-mail. If this confirms an account whose password may have been chosen by someone
 * else, replaces the password. `choosesPassword`: the user must choose a password now, because the link was for a new password,
 * or because the user's own password was replaced. `secret` is the token or code, which works only once. `isDeliberate`: the page
 * has told the user that this browser did not ask for the e-mail, and the user has continued. If it is false, the sign-in fails
 * unless this browser has asked for an e-mail to the same address.
 */
export async function openMailSession(
  ask: Parameters<typeof openSession>[0],
  { secret, isDeliberate }: { secret: string; isDeliberate: boolean },
): Promise<MailSession> {
  let choosesPassword = false;
  const isFirst = await isFirstUse(secret, USED_SECONDS).catch(() => null);
  if (!isFirst) {
    const error = isFirst === null ? authOutage : { code: "otp_expired", status: 403 };
    return { error, choosesPassword };
  }
  const opened = await openSession(ask, async (created) => {
    const request = await findMailRequest(created.session.user.email ?? "");
    if (!request && !isDeliberate) return { code: "other_account", status: 403 };
    choosesPassword = isForNewPassword(created.session);
    if (!hasForeignPassword(created, request)) return null;
    choosesPassword ||= request === null || request.isSignUp;
    return replacePassword(created);
  });
  return { ...opened, choosesPassword };
}

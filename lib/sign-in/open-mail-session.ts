import "server-only";
import { isFirstUse } from "@/lib/limits/sign-in-limits";
import { openSession, type Opened } from "@/lib/supabase/open-session";
import { hasForeignPassword, isForNewPassword, replacePassword } from "./claim-account";
import { findMailRequest } from "./mail-requests";

type MailSession = Opened & { choosesPassword: boolean };

/** Supabase refuses a link or code that was used longer ago than this (s). */
const USED_SECONDS = 10;

/**
 * Signs in with the code or the link of an e-mail. If the account has just been confirmed, and its password may be somebody else's,
 * replaces the password. `choosesPassword`: the user must choose a password, because the link was for that, or because the user expects to have one. `isDeliberate`: the user knows
 * that this browser did not ask for the e-mail. Otherwise this refuses a link that was sent to another address than the one for
 * which this browser asked. `secret` is what works only once.
 */
export async function openMailSession(
  ask: Parameters<typeof openSession>[0],
  { secret, isDeliberate }: { secret: string; isDeliberate: boolean },
): Promise<MailSession> {
  let choosesPassword = false;
  const isFirst = await isFirstUse(secret, USED_SECONDS).catch(() => null);
  if (!isFirst) {
    const error = isFirst === null ? { code: undefined, status: 503 } : { code: "otp_expired", status: 403 };
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

import { now } from "../database.ts";
import { apiUrl, type AuthRequest } from "../http/auth-request.ts";
import { redirectTarget } from "../http/redirect-target.ts";
import { createCode, hashCode, requirePause, saveToken, withFlow } from "../users/one-time-tokens.ts";
import { updateUser, type User } from "../users/user.ts";

const CONFIRMATION = { token: "confirmation_token", sentAt: "confirmation_sent_at" } as const;
const RECOVERY = { token: "recovery_token", sentAt: "recovery_sent_at" } as const;
/** For each kind of e-mail: the columns of the user's row that contain the token and the time when the e-mail was sent. */
const KINDS = {
  confirmation: CONFIRMATION,
  invite: CONFIRMATION,
  magic_link: RECOVERY,
  recovery: RECOVERY,
  reauthentication: { token: "reauthentication_token", sentAt: "reauthentication_sent_at" },
} as const;
/** In a link to GET /verify, the parameter `type` is the kind of the e-mail. Only these two kinds have another name in a link. */
const LINK_TYPES: Record<string, string> = { confirmation: "signup", magic_link: "magiclink" };

/**
 * Sends the user an e-mail with a code and a link. Without `isPkce`, the link starts a session. With `isPkce`, the link redirects
 * with another code. The browser that asked for the e-mail exchanges this second code for a session.
 */
export async function sendMail(call: AuthRequest, user: User, kind: keyof typeof KINDS, isPkce = false): Promise<void> {
  const { token, sentAt } = KINDS[kind];
  if (kind !== "invite") requirePause(user[sentAt], call.settings.mailPause);
  const email = user.email ?? "";
  const code = createCode(call.settings.codeLength);
  const hash = withFlow(hashCode(email, code), isPkce);
  await saveToken(call.db, user.id, token, hash, email);
  await updateUser(call.db, user.id, { [sentAt]: now(), ...(kind === "invite" && { invited_at: now() }) });
  call.mails.push({ to: email, template: kind, values: mailValues(call, kind, { email, code, hash }) });
}

/** Sends an e-mail to the new address. If both addresses must confirm the change, sends another e-mail to the current address. */
export async function sendEmailChange(call: AuthRequest, user: User, newEmail: string, isPkce = false): Promise<void> {
  const { db, settings } = call;
  requirePause(user.email_change_sent_at, settings.mailPause);
  const email = user.email ?? "";
  const recipients = [
    { to: newEmail, kind: "email_change_token_new" as const },
    ...(settings.confirmsBothAddresses && email ? [{ to: email, kind: "email_change_token_current" as const }] : []),
  ];
  for (const { to, kind } of recipients) {
    const code = createCode(settings.codeLength);
    const hash = withFlow(hashCode(to, code), isPkce);
    await saveToken(db, user.id, kind, hash, to);
    const values = { ...mailValues(call, "email_change", { email, code, hash }), NewEmail: newEmail, SendingTo: to };
    call.mails.push({ to, template: "email_change", values });
  }
  const changes = { email_change: newEmail, email_change_sent_at: now(), email_change_confirm_status: 0 };
  await updateUser(db, user.id, changes);
}

/** Returns the values of the placeholders in a template. Source: https://supabase.com/docs/guides/auth/auth-email-templates */
function mailValues(call: AuthRequest, kind: string, { email, code, hash }: Record<"email" | "code" | "hash", string>) {
  const redirectTo = redirectTarget(call);
  return {
    SiteURL: call.siteUrl,
    ConfirmationURL: verifyUrl(call, hash, LINK_TYPES[kind] ?? kind, redirectTo),
    Email: email,
    Token: code,
    TokenHash: hash,
    RedirectTo: redirectTo,
  };
}

/** Returns a link to GET /verify. The link signs the user in, and then redirects to the page `redirectTo`. */
export function verifyUrl(call: AuthRequest, token: string, type: string, redirectTo: string): string {
  return `${apiUrl(call)}/verify?${new URLSearchParams({ token, type, redirect_to: redirectTo }).toString()}`;
}

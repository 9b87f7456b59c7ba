"use server";

import { redirect } from "next/navigation";
import { countAttempt } from "@/app/login/count-attempt";
import { formOf } from "@/lib/request-params";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { pageAfter, rememberedNext, withNext } from "@/lib/sign-in/next-page";
import { openMailSession } from "@/lib/sign-in/open-mail-session";
import { logAuthError, type AuthFailure } from "@/lib/supabase/auth-errors";
import { confirmEmailChange } from "@/lib/supabase/confirm-email-change";
import { ConfirmLink } from "./confirm-link";

/**
 * Uses the token or code of a link in an e-mail. Each token or code works only once. If the link signs the user in, the new
 * session replaces the session of this browser.
 */
export async function confirmSignIn(given: FormData) {
  const form = formOf(given);
  const { data: link } = ConfirmLink.safeParse(Object.fromEntries(form));
  if (!link) fail({ code: "otp_expired", status: 403 });
  if (await countAttempt()) fail({ code: "over_request_rate_limit", status: 429 });

  if ("type" in link && link.type === "email_change") {
    const changed = await confirmEmailChange(link.token_hash);
    if ("error" in changed) fail(changed.error);
    redirect(`/auth/confirm?changed=${changed.isDone ? "both" : "one"}`);
  }

  const isDeliberate = form.get("elsewhere") === "yes";
  const opened = await openMailSession(
    async (auth) => ("code" in link ? auth.exchangeCodeForSession(link.code) : auth.verifyOtp(link)),
    { secret: "code" in link ? link.code : link.token_hash, isDeliberate },
  );
  if ("error" in opened) fail(opened.error);
  const next = await rememberedNext();
  const isForPassword = "type" in link && (link.type === "recovery" || link.type === "invite");
  redirect(pageAfter(opened, isForPassword || opened.choosesPassword ? withNext("/login/new-password", next) : next));
}

function fail(error: AuthFailure): never {
  logAuthError(error, "link");
  const code = error.code ?? (error.status === 429 ? "over_request_rate_limit" : "unexpected_failure");
  redirect(safeRedirect(`/auth/confirm?error_code=${encodeURIComponent(code)}`, "/login"));
}

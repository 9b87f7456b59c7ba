import { z } from "zod";
import type { LoginState } from "@/components/login/login-state";
import { env } from "@/lib/env";
import { Email, formOf } from "@/lib/request-params";
import { safeRedirect } from "@/lib/security/safe-redirect";

const Count = z.coerce
  .number()
  .int()
  .min(0)
  .max(10 ** 14)
  .catch(0);

/** Returns the fields of a sign-in form. The fields are checked, because a client may send anything. */
export function readFields(given: unknown) {
  const form = formOf(given);
  const [typed, password] = [textOf(form, "email"), textOf(form, "password")];
  const email = Email.safeParse(typed);
  return {
    email: email.success ? email.data : typed.slice(0, 254),
    emailProblem: email.success
      ? undefined
      : ({ field: "email", text: "This is not a complete e-mail address" } satisfies LoginState["problem"]),
    password,
    next: safeRedirect(form.get("next"), "/dashboard"),
    step: textOf(form, "step"),
    code: textOf(form, "code").replaceAll(/\s/g, "").slice(0, 20),
    sent: { at: Count.parse(textOf(form, "at")), wait: Count.parse(textOf(form, "wait")) },
    captcha: textOf(form, "captcha").slice(0, 4096) || undefined,
  };
}

export type Fields = ReturnType<typeof readFields>;

/** The error that Supabase returns for a form without a valid captcha token. */
export const captchaFailed = { code: "captcha_failed", status: 400 };

/**
 * Whether Supabase will refuse a form because the form has no captcha token. Such a form must not count as a guess for the
 * account.
 */
export function lacksCaptcha({ captcha }: Pick<Fields, "captcha">): boolean {
  return env().captcha !== null && captcha === undefined;
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { takeAtLeast } from "@/lib/sign-in/fixed-time";
import { newPasswordProblem } from "@/lib/sign-in/new-password";
import { pageAfter, rememberNext, withNext } from "@/lib/sign-in/next-page";
import { openMailSession } from "@/lib/sign-in/open-mail-session";
import { requestMail, type MailKind } from "@/lib/sign-in/request-mail";
import { explainAuthError, logAuthError } from "@/lib/supabase/auth-errors";
import { countAttempt } from "./count-attempt";
import { captchaFailed, lacksCaptcha, readFields, type Fields } from "./form-fields";

/** A wrong code is refused after at least this time (ms). So the time does not reveal whether the address has an account. */
const REFUSAL_MS = 700;

/** Handles a form that requests an e-mail, requests the same e-mail again, or sends the code from the e-mail. */
export async function answerMailForm(kind: MailKind, form: FormData): Promise<LoginState> {
  const fields = readFields(form);
  const { email, emailProblem, password, step } = fields;
  if (emailProblem) return { email, problem: emailProblem };
  if (step === "code") return checkCode(kind, fields);
  const problem = kind === "account" && step !== "resend" ? newPasswordProblem(password) : null;
  if (problem) return { email, problem: { field: "password", text: problem } };
  const { sent } = fields;
  const shown = step === "resend" ? { email, sent } : { email };
  if (lacksCaptcha(fields)) return { ...shown, problem: { field: "form", text: explainAuthError(captchaFailed) } };
  const refusal = await countAttempt();
  if (refusal) return { ...shown, problem: { field: "form", text: refusal } };
  try {
    return { ...shown, ...(await askForMail(kind, fields)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ...shown, problem: { field: "form", text: error.message } };
  }
}

async function askForMail(kind: MailKind, { email, password, next, step, captcha }: Fields) {
  await rememberNext(next);
  const options = { emailRedirectTo: await confirmUrl(), ...(captcha && { captchaToken: captcha }) };
  let isSignedIn = false;
  const isAgain = step === "resend";
  const result = await requestMail(email, { kind, isAgain }, async (auth) => {
    if (kind === "recovery")
      return auth.resetPasswordForEmail(email, { ...options, redirectTo: options.emailRedirectTo });
    if (kind === "link")
      return auth.signInWithOtp({ email, options: { ...options, shouldCreateUser: env().SIGN_UP === "open" } });
    if (isAgain) return auth.resend({ type: "signup", email, options });
    const answer = await auth.signUp({ email, password, options });
    isSignedIn = answer.data.session !== null;
    return answer;
  });
  if (isSignedIn) redirect(next);
  if ("problem" in result) return { problem: { field: "form", text: result.problem } } satisfies Partial<LoginState>;
  return { sent: { at: Date.now(), ...result } };
}

async function checkCode(kind: MailKind, { email, code, next, sent }: Fields): Promise<LoginState> {
  const refuse = (text: string): LoginState => ({ email, sent, problem: { field: "code", text } });
  if (!/^\d{6,10}$/.test(code)) return refuse("Enter the six digits from the e-mail");
  const refusal = await countAttempt({ kind: "code", account: email });
  if (refusal) return refuse(refusal);
  const type = kind === "recovery" ? "recovery" : "email";
  const pause = takeAtLeast(REFUSAL_MS, Promise.resolve());
  const opened = await openMailSession((auth) => auth.verifyOtp({ email, token: code, type }), {
    secret: `${email} ${code}`,
    isDeliberate: true,
  });
  if (!("error" in opened)) {
    const choosesPassword = kind === "recovery" || opened.choosesPassword;
    redirect(pageAfter(opened, choosesPassword ? withNext("/login/new-password", next) : next));
  }
  await pause;
  logAuthError(opened.error, "code");
  // Supabase reports a blocked account before it has checked the code. If our answer also said that the account is blocked,
  // anyone could find out that the address has an account.
  const error = opened.error.code === "user_banned" ? { code: "otp_expired", status: 403 } : opened.error;
  return refuse(explainAuthError(error));
}

// Without APP_URL, the header `Origin` of the request is used. A wrong `Origin` does no harm: Next rejects the request if
// `Origin` differs from `Host`, and Supabase redirects only to URLs on its own allow list.
async function confirmUrl() {
  const origin = env().APP_URL ?? (await headers()).get("origin") ?? "";
  return `${origin}/auth/confirm`;
}

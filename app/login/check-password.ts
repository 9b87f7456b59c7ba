import type { LoginState } from "@/components/login/login-state";
import { takeAtLeast } from "@/lib/sign-in/fixed-time";
import { explainAuthError, logAuthError } from "@/lib/supabase/auth-errors";
import { openSession, type Opened } from "@/lib/supabase/open-session";
import { countAttempt, takeBackGuess } from "./count-attempt";
import { captchaFailed, lacksCaptcha, type Fields } from "./form-fields";

/**
 * A refusal takes at least this long (ms). Otherwise the time of a refusal would reveal whether the address has an account:
 * Supabase refuses an unknown address immediately, but it must hash the given password before it can refuse a wrong one.
 */
const REFUSAL_MS = 700;

type Checked = { problem: NonNullable<LoginState["problem"]> } | Extract<Opened, { user: unknown }>;

/** Signs in with a password. A refusal does not reveal whether the address has an account. */
export async function checkPassword(
  { email, password, captcha }: Pick<Fields, "email" | "password" | "captcha">,
  check?: Parameters<typeof openSession>[1],
): Promise<Checked> {
  if (!password) return { problem: { field: "password", text: "Enter your password" } };
  if (lacksCaptcha({ captcha })) return { problem: { field: "form", text: explainAuthError(captchaFailed) } };
  const guess = { kind: "password", account: email } as const;
  const refusal = await countAttempt(guess);
  if (refusal) return { problem: { field: "form", text: refusal } };
  const pause = takeAtLeast(REFUSAL_MS, Promise.resolve());
  const options = captcha ? { captchaToken: captcha } : {};
  const opened = await openSession((auth) => auth.signInWithPassword({ email, password, options }), check);
  if (!("error" in opened)) return opened;
  // With a wrong captcha token, Supabase does not check the password. So this guess is removed from the count.
  if (opened.error.code === "captcha_failed") await takeBackGuess(guess);
  await pause;
  logAuthError(opened.error, "password");
  // Supabase reports a blocked account before it has checked the password. If our answer also said that the account is blocked,
  // anyone could find out that the address has an account.
  const error = opened.error.code === "user_banned" ? { code: "invalid_credentials", status: 400 } : opened.error;
  return { problem: { field: "form", text: explainAuthError(error) } };
}

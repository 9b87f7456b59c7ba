"use server";

import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { env } from "@/lib/env";
import { pageAfter, withProblem } from "@/lib/sign-in/next-page";
import { openSession } from "@/lib/supabase/open-session";
import { answerMailForm } from "./answer-mail-form";
import { checkPassword } from "./check-password";
import { countAttempt } from "./count-attempt";
import { readFields } from "./form-fields";

export async function signIn(_: LoginState, form: FormData): Promise<LoginState> {
  const fields = readFields(form);
  const { email, emailProblem, next } = fields;
  if (emailProblem) return { email, problem: emailProblem };
  const result = await checkPassword(fields);
  return "problem" in result ? { email, problem: result.problem } : redirect(pageAfter(result, next));
}

/**
 * Creates an account. If Supabase confirms new addresses by e-mail, the answer does not reveal whether the address already has
 * an account.
 */
export async function signUp(_: LoginState, form: FormData): Promise<LoginState> {
  return answerMailForm("account", form);
}

export async function sendLink(_: LoginState, form: FormData): Promise<LoginState> {
  return answerMailForm("link", form);
}

/** Sends an e-mail with which the user can sign in and choose a new password. */
export async function sendRecovery(_: LoginState, form: FormData): Promise<LoginState> {
  return answerMailForm("recovery", form);
}

export async function signInToDemo(form: FormData) {
  const { demo } = env();
  const { next, captcha } = readFields(form);
  if (!demo) redirect("/login");
  if (await countAttempt()) redirect("/login?problem=over_request_rate_limit");
  const opened = await openSession((auth) =>
    auth.signInWithPassword({ ...demo, options: captcha ? { captchaToken: captcha } : {} }),
  );
  if ("error" in opened) redirect(withProblem("/login", opened.error.code));
  redirect(pageAfter(opened, next));
}

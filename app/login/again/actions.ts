"use server";

import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { requirePageUser } from "@/lib/auth";
import { formOf } from "@/lib/request-params";
import { pageAfter, withNext } from "@/lib/sign-in/next-page";
import { answerMailForm } from "../answer-mail-form";
import { checkPassword } from "../check-password";
import { readFields } from "../form-fields";

/** Signs the same user in again with a password. The address in the form does not matter. */
export async function signInAgain(_: LoginState, form: FormData): Promise<LoginState> {
  const { next, ...fields } = readFields(form);
  const { id, email } = await requirePageUser(withNext("/login/again", next));
  const result = await checkPassword({ ...fields, email }, async ({ session }) =>
    session.user.id === id ? null : { code: "account_mismatch", status: 403 },
  );
  return "problem" in result ? { email, problem: result.problem } : redirect(pageAfter(result, next));
}

/** Sends a code to the address of the signed-in user, or signs this user in again with it. */
export async function sendCodeAgain(_: LoginState, given: FormData): Promise<LoginState> {
  const form = formOf(given);
  const { email } = await requirePageUser(withNext("/login/again", readFields(form).next));
  form.set("email", email);
  return answerMailForm("link", form);
}

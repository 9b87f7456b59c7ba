"use server";

import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { requirePageUser } from "@/lib/auth";
import { formOf } from "@/lib/request-params";
import { pageAfter, withNext } from "@/lib/sign-in/next-page";
import { answerMailForm } from "../answer-mail-form";
import { checkPassword } from "../check-password";
import { readFields } from "../form-fields";

/** Signs the signed-in user in again with a password. Ignores the address in the form, and uses the user's own address. */
export async function signInAgain(_: LoginState, form: FormData): Promise<LoginState> {
  const { next, ...fields } = readFields(form);
  const { id, email } = await requirePageUser(withNext("/login/again", next));
  const result = await checkPassword({ ...fields, email }, async ({ session }) =>
    session.user.id === id ? null : { code: "account_mismatch", status: 403 },
  );
  return "problem" in result ? { email, problem: result.problem } : redirect(pageAfter(result, next));
}

/** Sends a code to the address of the signed-in user or, if the form contains a code, signs the user in again with the code. */
export async function sendCodeAgain(_: LoginState, given: FormData): Promise<LoginState> {
  const form = formOf(given);
  const { email } = await requirePageUser(withNext("/login/again", readFields(form).next));
  form.set("email", email);
  return answerMailForm("link", form);
}

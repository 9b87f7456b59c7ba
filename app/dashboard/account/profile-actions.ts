"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import type { AccountState } from "@/components/account/account-form";
import { forgetUser } from "@/lib/account/profile";
import { requirePageUser } from "@/lib/auth";
import { countMail, inWords } from "@/lib/limits/sign-in-limits";
import { saveNewPassword } from "@/lib/sign-in/new-password";
import { CHOSEN_NAME, MAX_NAME } from "@/lib/supabase/auth-user";
import { createAuthClient } from "@/lib/supabase/user-client";
import { asOwner, problem, refused, sectionPath, textOf } from "./form-answers";
import { appOrigin, Email } from "@/lib/request-params";

export async function changeName(_: AccountState, form: FormData): Promise<AccountState> {
  await requirePageUser(sectionPath("name"));
  const name = textOf(form, "name").toWellFormed().replaceAll("\0", "").trim();
  if (Array.from(name).length > MAX_NAME) return problem("name", `Use at most ${MAX_NAME} characters`);
  const auth = await createAuthClient();
  const { error } = await auth.updateUser({ data: { [CHOSEN_NAME]: name } });
  if (error) return refused(error, "name");
  await forgetUser();
  revalidatePath("/dashboard", "layout");
  return { done: "Saved" };
}

/**
 * Starts the change of the e-mail address: Supabase sends a link to the old and to the new address. If the new address already
 * has an account, Supabase sends nothing. The answer is the same in both cases. But the page shows a pending change only if the
 * e-mails were sent, so the user can still find out that the new address has an account.
 */
export async function changeEmail(_: AccountState, form: FormData): Promise<AccountState> {
  return asOwner("email", async (user) => {
    const email = Email.safeParse(textOf(form, "email"));
    if (!email.success) return problem("email", "This is not a complete e-mail address");
    if (email.data.toLowerCase() === user.email.toLowerCase()) return problem("email", "This is your address already");
    const wait = await countMail("change", user.email);
    if (wait > 0) return problem(null, `Too many e-mails. Try again in ${inWords(wait)}.`);
    const emailRedirectTo = `${appOrigin(await headers())}/auth/confirm`;
    const auth = await createAuthClient();
    const { error } = await auth.updateUser({ email: email.data }, { emailRedirectTo });
    if (error && error.code !== "email_exists") return refused(error, "e-mail");
    revalidatePath("/dashboard/account");
    const advice = "No e-mail? The new address may already have an account.";
    return { done: `Open the links in the e-mails to ${user.email} and ${email.data}. ${advice}` };
  });
}

export async function changePassword(_: AccountState, form: FormData): Promise<AccountState> {
  return asOwner("password", async (user) => {
    const wrong = await saveNewPassword(user, textOf(form, "password"));
    if (wrong) return problem(wrong.field === "form" ? null : wrong.field, wrong.text);
    return { done: "Saved. All other browsers were signed out." };
  });
}

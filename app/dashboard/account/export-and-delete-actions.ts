"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { AccountState } from "@/components/account/account-form";
import { cancelDeletion, deleteAccountsSoon, requestDeletion } from "@/lib/account/delete-account";
import { createExport } from "@/lib/account/exports/exports";
import { requirePageUser, requireRecentPageUser } from "@/lib/auth";
import { createAuthClient } from "@/lib/supabase/user-client";
import { asOwner, orProblem, problem, sectionPath, textOf } from "./form-answers";

export async function exportEverything(): Promise<AccountState> {
  const user = await requireRecentPageUser(sectionPath("data"));
  const answer = await orProblem(async () => {
    await createExport(user.id);
    return { done: "Ready to download" };
  });
  revalidatePath("/dashboard/account");
  return answer;
}

/**
 * Deletes the account of the user now or, if `DELETE_ACCOUNT_AFTER_DAYS` is above 0, after that many days. To confirm, the user
 * must type the e-mail address of the account.
 */
export async function deleteAccount(_: AccountState, form: FormData): Promise<AccountState> {
  return asOwner("delete", async (user) => {
    const typed = textOf(form, "email").trim().toLowerCase();
    if (typed !== user.email.toLowerCase()) return problem("email", `Type ${user.email} to confirm`);
    const dueAt = await requestDeletion(user.id);
    if (Date.parse(dueAt) > Date.now()) {
      revalidatePath("/dashboard", "layout");
      return {};
    }
    const auth = await createAuthClient();
    // Deletes the session cookie of this browser, even if Supabase cannot be reached.
    await auth.signOut({ scope: "local" });
    await deleteAccountsSoon();
    redirect("/account-deleted");
  });
}

/** Cancels the requested deletion of the account. */
export async function keepAccount() {
  const user = await requirePageUser(sectionPath("delete"));
  await cancelDeletion(user.id);
  revalidatePath("/dashboard", "layout");
}

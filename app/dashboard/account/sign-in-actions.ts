"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { AccountState } from "@/components/account/account-form";
import type { AuthenticatorState } from "@/components/account/authenticator";
import { confirmAuthenticator, removeAuthenticator, startAuthenticator } from "@/lib/account/authenticator";
import { unlink } from "@/lib/account/connect-accounts";
import { forgetUser } from "@/lib/account/profile";
import { endSession } from "@/lib/account/sessions";
import { requirePageUser } from "@/lib/auth";
import { countGuess } from "@/lib/limits/sign-in-limits";
import { isDemo } from "@/lib/sign-in/demo-account";
import { withProblem } from "@/lib/sign-in/next-page";
import { createAuthClient } from "@/lib/supabase/user-client";
import { asOwner, orProblem, problem, refused, sectionPath, textOf } from "./form-answers";

const Id = z.uuid();
/** The client sends the `AuthenticatorState` back with the form, and may send anything. So this schema checks the state. */
const Started = z.object({ setup: z.object({ id: Id, secret: z.string().max(200), qr: z.string().max(100_000) }) });

export async function disconnect(_: AccountState, form: FormData): Promise<AccountState> {
  return asOwner("connected", async () => {
    const error = await unlink(textOf(form, "identity"));
    if (error) return refused(error, "disconnect");
    // All other browsers are signed out, because another person may have signed in with the disconnected account.
    const others = await (await createAuthClient()).signOut({ scope: "others" });
    if (others.error) return refused(others.error, "disconnect");
    await forgetUser();
    revalidatePath("/dashboard/account");
    return { done: "Disconnected. All other browsers are signed out." };
  });
}

/** Starts to set up an authenticator app or, if the set-up was started, finishes it with the first code of the app. */
export async function setUpAuthenticator(state: AuthenticatorState, form: FormData): Promise<AuthenticatorState> {
  const started = Started.safeParse(state);
  if (!started.success) {
    return asOwner("authenticator", async (): Promise<AuthenticatorState> => {
      const setup = await startAuthenticator();
      return "error" in setup ? refused(setup.error, "authenticator") : { setup };
    });
  }
  const { setup } = started.data;
  const code = textOf(form, "code").replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(code))
    return { setup, ...problem("code", "Enter the six digits that your authenticator app shows") };
  const answer = await asOwner("authenticator", async (user) => {
    await countGuess("factor", user.id, await headers());
    const error = await confirmAuthenticator(setup.id, code);
    return error ? refused(error, "authenticator") : {};
  });
  if (answer.problem) return { setup, ...answer };
  revalidatePath("/dashboard/account");
  return { done: "On" };
}

export async function removeApp(_: AccountState, form: FormData): Promise<AccountState> {
  return asOwner("authenticator", async () => {
    const id = Id.safeParse(textOf(form, "factor"));
    const error = id.success ? await removeAuthenticator(id.data) : { code: "mfa_factor_not_found", status: 404 };
    if (error) return refused(error, "authenticator");
    await forgetUser();
    revalidatePath("/dashboard/account");
    return { done: "Removed" };
  });
}

export async function endOtherSession(_: AccountState, form: FormData): Promise<AccountState> {
  const user = await requirePageUser(sectionPath("sessions"));
  const id = Id.safeParse(textOf(form, "session"));
  if (!id.success || id.data === user.sessionId || isDemo(user))
    return problem(null, "This session has already ended.");
  return orProblem(async () => {
    await endSession(id.data);
    revalidatePath("/dashboard/account");
    return { done: "Signed out" };
  });
}

/**
 * Ends all sessions of the user. All other browsers are signed out within five seconds. In the demo account, ends only the
 * session of this browser.
 */
export async function signOutEverywhere() {
  const user = await requirePageUser(sectionPath("sessions"));
  const auth = await createAuthClient();
  // A global sign-out of the demo account would sign out everybody who uses this account.
  const { error } = await auth.signOut({ scope: isDemo(user) ? "local" : "global" });
  redirect(error ? withProblem(sectionPath("sessions"), error.code) : "/login");
}

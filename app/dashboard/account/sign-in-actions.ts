"use server";

import { redirect } from "next/navigation";
import type { AccountState } from "@/components/account/account-form";
import type { AuthenticatorState } from "@/components/account/authenticator";
import { confirmAuthenticator, removeAuthenticator, startAuthenticator } from "@/lib/account/authenticator";
import { unlink } from "@/lib/account/identities";
import { forgetUser } from "@/lib/account/profile";
import { endSession } from "@/lib/account/sessions";
import { requirePageUser, requireRecentPageUser } from "@/lib/auth";
import { countGuess } from "@/lib/limits/sign-in-limits";
import { createAuthClient } from "@/lib/supabase/user-client";
import { z } from "zod";
import { orProblem, problem, refused, sectionPath, textOf } from "./form-answers";

const Id = z.uuid();

export async function disconnect(_: AccountState, form: FormData): Promise<AccountState> {
  await requireRecentPageUser(sectionPath("connected"));
  const error = await unlink(textOf(form, "identity"));
  if (error) return refused(error, "disconnect");
  await forgetUser();
  return { done: "Disconnected" };
}

export async function setUpAuthenticator(): Promise<AuthenticatorState> {
  await requireRecentPageUser(sectionPath("authenticator"));
  const setup = await startAuthenticator();
  return "error" in setup ? refused(setup.error, "authenticator") : { setup };
}

export async function finishAuthenticator(state: AuthenticatorState, form: FormData): Promise<AuthenticatorState> {
  const user = await requireRecentPageUser(sectionPath("authenticator"));
  const { setup } = state;
  if (!setup || !Id.safeParse(setup.id).success) return problem(null, "Start again.");
  const code = textOf(form, "code").replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(code)) return { setup, ...problem("code", "Enter the six digits that your app shows") };
  const answer = await orProblem(async () => {
    await countGuess("factor", user.id);
    const error = await confirmAuthenticator(setup.id, code);
    return error ? refused(error, "authenticator") : {};
  });
  if (answer.problem) return { setup, ...answer };
  redirect(sectionPath("authenticator"));
}

export async function removeApp(_: AccountState, form: FormData): Promise<AccountState> {
  await requireRecentPageUser(sectionPath("authenticator"));
  const id = Id.safeParse(textOf(form, "factor"));
  const error = id.success ? await removeAuthenticator(id.data) : { code: "mfa_factor_not_found", status: 404 };
  if (error) return refused(error, "authenticator");
  await forgetUser();
  return { done: "Removed" };
}

export async function endOtherSession(_: AccountState, form: FormData): Promise<AccountState> {
  const user = await requirePageUser(sectionPath("sessions"));
  const id = Id.safeParse(textOf(form, "session"));
  if (!id.success || id.data === user.sessionId) return problem(null, "This session has already ended.");
  return orProblem(async () => {
    await endSession(id.data);
    return { done: "Signed out" };
  });
}

/** Ends all sessions of the user. Everything that is open elsewhere is closed within five seconds. */
export async function signOutEverywhere() {
  await requirePageUser(sectionPath("sessions"));
  const auth = await createAuthClient();
  const { error } = await auth.signOut({ scope: "global" });
  redirect(error ? "/dashboard/account?problem=sessions#sessions" : "/login");
}

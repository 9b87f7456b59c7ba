"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { LoginState } from "@/components/login/login-form";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formOf } from "@/lib/request-params";
import { countLogin } from "@/lib/limits/request-limits";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { authErrorMessage } from "@/lib/supabase/auth-error-message";
import { createAuthClient } from "@/lib/supabase/user-client";

const Email = z.string().trim().max(254).pipe(z.email());

export async function signIn(_: LoginState, form: FormData): Promise<LoginState> {
  const { email, password, next, problem } = await checkForm(form, { minPasswordLength: 1 });
  if (problem) return { email, problem };
  const auth = await createAuthClient();
  const { error } = await auth.signInWithPassword({ email, password });
  if (error) return refused(email, error);
  redirect(next);
}

/**
 * The response is the same for an address that already has an account, so that nobody can find out who has one. This works only
 * if e-mail confirmation is on in Supabase. If it is off, a new account is signed in at once.
 */
export async function signUp(_: LoginState, form: FormData): Promise<LoginState> {
  const { email, password, next, problem } = await checkForm(form, { minPasswordLength: 8 });
  if (problem) return { email, problem };
  await rememberNext(next);
  const auth = await createAuthClient();
  const { data, error } = await auth.signUp({ email, password, options: { emailRedirectTo: await confirmUrl() } });
  if (data.session) redirect(next);
  const hasAccount = error?.code === "user_already_exists" || error?.code === "email_exists";
  if (error && !hasAccount) return refused(email, error);
  return { email, sent: `To finish, open the link we sent to ${email}. No e-mail? You may already have an account.` };
}

export async function sendLink(_: LoginState, form: FormData): Promise<LoginState> {
  const { email, next, problem } = await checkForm(form, { minPasswordLength: 0 });
  if (problem) return { email, problem };
  await rememberNext(next);
  const auth = await createAuthClient();
  const { error } = await auth.signInWithOtp({ email, options: { emailRedirectTo: await confirmUrl() } });
  if (error) return refused(email, error);
  return { email, sent: `Open the link we sent to ${email} in this browser. It works once.` };
}

export async function signInToDemo(form: FormData) {
  const { demo } = env();
  if (!demo) redirect("/login");
  if (await countTry()) redirect("/login?problem=tries");
  const auth = await createAuthClient();
  const { error } = await auth.signInWithPassword(demo);
  redirect(error ? "/login?problem=demo" : safeRedirect(formOf(form).get("next"), "/dashboard"));
}

/** Reads and checks the form. A valid form counts as one sign-in attempt. */
async function checkForm(given: FormData, { minPasswordLength }: { minPasswordLength: number }) {
  const form = formOf(given);
  const [typed, password, next] = [textOf(form, "email"), textOf(form, "password"), form.get("next")];
  const email = Email.safeParse(typed);
  return {
    email: email.success ? email.data : typed.slice(0, 254),
    password,
    next: safeRedirect(next, "/dashboard"),
    problem: email.success
      ? (passwordProblem(password, minPasswordLength) ?? (await countTry()))
      : ({ field: "email", text: "This is not a complete e-mail address" } as const),
  };
}

function textOf(form: FormData, name: string) {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function passwordProblem(password: string, minLength: number): LoginState["problem"] {
  if (password.length >= minLength) return undefined;
  return { field: "password", text: password ? `Use at least ${minLength} characters` : "Enter your password" };
}

/**
 * Counts a sign-in attempt from the user's IP address. Returns a problem after too many attempts. Supabase cannot do this: it
 * sees only the IP address of this server.
 */
async function countTry(): Promise<LoginState["problem"]> {
  try {
    await countLogin(await headers());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { field: "form", text: authErrorMessage({ code: undefined, status: error.status }) };
  }
}

function refused(email: string, error: Parameters<typeof authErrorMessage>[0]): LoginState {
  return { email, problem: { field: "form", text: authErrorMessage(error) } };
}

// Without APP_URL, the header `Origin` of the request is used. This is safe: Next has compared it with the header `Host`, and
// Supabase redirects only to URLs on its own allow list.
async function confirmUrl() {
  const origin = env().APP_URL ?? (await headers()).get("origin") ?? "";
  return `${origin}/auth/confirm`;
}

// Stores the page to open after sign-in in a cookie, because the link in the e-mail contains only a token or a code.
async function rememberNext(next: string) {
  const hour = 60 * 60;
  (await cookies()).set("next", next, { path: "/auth/confirm", maxAge: hour, sameSite: "lax", httpOnly: true });
}

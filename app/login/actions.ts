"use server";

import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { LoginState } from "@/components/login/login-form";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { formOf } from "@/lib/form-data";
import { countLogin } from "@/lib/limits/logins";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { authErrorMessage } from "@/lib/supabase/auth-error-message";
import { createUserClient } from "@/lib/supabase/user-client";

const Email = z.string().trim().max(254).pipe(z.email());

export async function signIn(_: LoginState, form: FormData): Promise<LoginState> {
  const { email, password, next, problem } = read(form);
  if (problem) return { email, problem };
  const tooMany = await tooManyTries();
  if (tooMany) return { email, problem: tooMany };
  const supabase = await createUserClient();
  const { error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) return refused(email, error);
  redirect(next);
}

/** With e-mail confirmation on, a taken address gets the same answer as a new one: Supabase says nothing either way. */
export async function signUp(_: LoginState, form: FormData): Promise<LoginState> {
  const { email, password, next, problem } = read(form);
  if (problem) return { email, problem };
  if (password.length < 8) return { email, problem: { field: "password", text: "Use at least 8 characters" } };
  const tooMany = await tooManyTries();
  if (tooMany) return { email, problem: tooMany };
  await keepNext(next);
  const supabase = await createUserClient();
  const { data, error } = await supabase.auth.signUp({
    email,
    password,
    options: { emailRedirectTo: await confirmUrl() },
  });
  if (data.session) redirect(next);
  const isTaken = error?.code === "user_already_exists" || error?.code === "email_exists";
  if (error && !isTaken) return refused(email, error);
  return {
    email,
    sent: `To finish, open the link we sent to ${email}. Nothing there? You may have an account: sign in.`,
  };
}

export async function sendLink(_: LoginState, form: FormData): Promise<LoginState> {
  const { email, next, problem } = read(form);
  if (problem?.field === "email") return { email, problem };
  const tooMany = await tooManyTries();
  if (tooMany) return { email, problem: tooMany };
  await keepNext(next);
  const supabase = await createUserClient();
  const { error } = await supabase.auth.signInWithOtp({ email, options: { emailRedirectTo: await confirmUrl() } });
  if (error) return refused(email, error);
  return { email, sent: `Open the link we sent to ${email} in this browser. It works once.` };
}

export async function signInToDemo(form: FormData) {
  const { demo } = env();
  if (!demo) redirect("/login");
  if (await tooManyTries()) redirect("/login?problem=tries");
  const supabase = await createUserClient();
  const { error } = await supabase.auth.signInWithPassword(demo);
  redirect(error ? "/login?problem=demo" : safeRedirect(formOf(form).get("next"), "/dashboard"));
}

/** Null while this address may go on. Supabase's own limits count the address of this server, which is everybody's. */
async function tooManyTries(): Promise<LoginState["problem"] | null> {
  try {
    await countLogin(await headers());
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { field: "form", text: authErrorMessage({ code: undefined, status: error.status }) };
  }
}

function read(given: FormData) {
  const form = formOf(given);
  const email = Email.safeParse(form.get("email"));
  const password = form.get("password");
  const problem: LoginState["problem"] = !email.success
    ? { field: "email", text: "This is not a complete e-mail address" }
    : typeof password !== "string" || password === ""
      ? { field: "password", text: "Enter your password" }
      : undefined;
  const typed = form.get("email");
  return {
    email: email.success ? email.data : typeof typed === "string" ? typed.slice(0, 254) : "",
    password: typeof password === "string" ? password : "",
    next: safeRedirect(form.get("next"), "/dashboard"),
    problem,
  };
}

function refused(email: string, error: Parameters<typeof authErrorMessage>[0]): LoginState {
  return { email, problem: { field: "form", text: authErrorMessage(error) } };
}

// Where no public address is configured, the one this form was loaded from; Next has compared it with Host, and
// Supabase sends people only to addresses on its own allow list.
async function confirmUrl() {
  const origin = env().APP_URL ?? (await headers()).get("origin") ?? "";
  return `${origin}/auth/confirm`;
}

// The links of our letters carry a token and nothing else, so this browser remembers where they lead.
async function keepNext(next: string) {
  const hour = 60 * 60;
  (await cookies()).set("next", next, { path: "/auth/confirm", maxAge: hour, sameSite: "lax", httpOnly: true });
}

"use server";

import { redirect } from "next/navigation";
import type { LoginState } from "@/components/login/login-state";
import { requireRecentPageUser } from "@/lib/auth";
import { saveNewPassword } from "@/lib/sign-in/new-password";
import { withNext } from "@/lib/sign-in/next-page";
import { readFields } from "../form-fields";

/** Sets the user's password, and ends the user's other sessions. */
export async function setPassword(_: LoginState, form: FormData): Promise<LoginState> {
  const { password, next } = readFields(form);
  const user = await requireRecentPageUser(withNext("/login/new-password", next));
  const problem = await saveNewPassword(user, password);
  return problem ? { email: user.email, problem } : redirect(next);
}

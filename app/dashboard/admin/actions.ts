"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { requireAdminPage } from "@/lib/admin/access";
import { inviteUser } from "@/lib/admin/invite";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { Email, formOf } from "@/lib/request-params";

export async function inviteUserByEmail(given: FormData) {
  await requireAdminPage("/dashboard/admin");
  const email = Email.safeParse(formOf(given).get("email")).data;
  const outcome = email ? await invite(email) : "invalid";
  redirect(`/dashboard/admin?notice=invite_user.${outcome}`);
}

async function invite(email: string) {
  // Without APP_URL, the header `Origin` of the request is used. A wrong `Origin` does no harm: Next rejects the request if
  // `Origin` differs from `Host`, and Supabase redirects only to URLs on its own allow list.
  const origin = env().APP_URL ?? (await headers()).get("origin") ?? "";
  return inviteUser(email, `${origin}/auth/confirm`).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "rate_limited") return "rate_limited";
    throw error;
  });
}

"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { readTheme } from "@/components/shell/theme/theme";
import { formOf } from "@/lib/request-params";
import { createAuthClient } from "@/lib/supabase/user-client";

const year = 365 * 24 * 60 * 60;

export async function setTheme(form: FormData) {
  const theme = readTheme(formOf(form).get("theme"));
  (await cookies()).set("theme", theme, { path: "/", maxAge: year, sameSite: "lax", httpOnly: true });
}

export async function signOut() {
  const auth = await createAuthClient();
  // Ends only this browser's session. The cookies are deleted even when Supabase is unreachable.
  await auth.signOut({ scope: "local" });
  redirect("/");
}

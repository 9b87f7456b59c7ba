import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { NextRequest } from "next/server";
import { z } from "zod";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { createUserClient } from "@/lib/supabase/user-client";

const Query = z.union([
  z.object({
    token_hash: z.string().min(1),
    type: z.enum(["email", "magiclink", "signup", "recovery", "invite", "email_change"]),
  }),
  z.object({ code: z.string().min(1) }),
]);

/** The target of links in e-mails: with a token, or with a code for the browser that requested the e-mail. */
export async function GET(request: NextRequest) {
  const query = Query.safeParse(Object.fromEntries(request.nextUrl.searchParams));
  const next = safeRedirect((await cookies()).get("next")?.value, "/dashboard");
  if (!query.success) redirect(`/login?with=link&problem=link&next=${encodeURIComponent(next)}`);

  const { auth } = await createUserClient();
  const { error } =
    "code" in query.data ? await auth.exchangeCodeForSession(query.data.code) : await auth.verifyOtp(query.data);
  redirect(error ? `/login?with=link&problem=link&next=${encodeURIComponent(next)}` : next);
}

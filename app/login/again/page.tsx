import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { LoginForm } from "@/components/login/login-form";
import { LoginFrame } from "@/components/login/login-frame";
import { ProviderLinks } from "@/components/login/provider-links";
import { isRecent, requirePageUser } from "@/lib/auth";
import { env } from "@/lib/env";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { withNext } from "@/lib/sign-in/next-page";
import { explainAuthError } from "@/lib/supabase/auth-errors";
import { sendCodeAgain, signInAgain } from "./actions";

export const metadata: Metadata = { title: "Sign in again" };

const ways = {
  password: { action: signInAgain, verb: "Continue", password: "current-password" },
  code: { action: sendCodeAgain, verb: "E-mail me a code", sentText: "An e-mail to {email} is on its way." },
} as const;

/**
 * On this page, a signed-in user signs in again, before an action that needs a recent sign-in. After that, the page in `?next=`
 * opens.
 */
export default async function SignInAgainPage({ searchParams }: PageProps<"/login/again">) {
  const query = await searchParams;
  const next = safeRedirect(query.next, "/dashboard");
  const user = await requirePageUser(withNext("/login/again", next));
  const problem = typeof query.problem === "string" ? explainAuthError({ code: query.problem, status: 400 }) : null;
  if (isRecent(user) && !problem) redirect(next);

  const name = query.with === "code" ? "code" : "password";
  const { captcha, AUTH_PROVIDERS, SANDBOX_MAIL_URL } = env();
  return (
    <LoginFrame title="Sign in again" problem={problem}>
      <p className="mt-3 text-pretty text-muted">
        To continue, confirm that you are <span className="break-words text-ink">{user.email}</span>.
      </p>
      <LoginForm
        key={name}
        {...ways[name]}
        email={user.email}
        next={next}
        captcha={captcha}
        mailUrl={SANDBOX_MAIL_URL}
        above={<ProviderLinks providers={AUTH_PROVIDERS} next={next} />}
      />
      <p className="mt-6 text-[13px]">
        <Link
          href={{ pathname: "/login/again", query: { next, with: name === "code" ? "password" : "code" } }}
          className="inline-flex h-10 items-center text-muted underline decoration-edge underline-offset-4 hover:text-ink"
        >
          {name === "code" ? "Use your password" : "Use a code by e-mail"}
        </Link>
      </p>
    </LoginFrame>
  );
}

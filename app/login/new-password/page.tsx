import type { Metadata } from "next";
import { LoginForm } from "@/components/login/login-form";
import { LoginFrame } from "@/components/login/login-frame";
import { requireRecentPageUser } from "@/lib/auth";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { withNext } from "@/lib/sign-in/next-page";
import { setPassword } from "./set-password";

export const metadata: Metadata = { title: "New password" };

/**
 * On this page, a user who has just signed in chooses a password: after "Forgot password?", after an invitation, or to replace
 * the old password.
 */
export default async function NewPasswordPage({ searchParams }: PageProps<"/login/new-password">) {
  const next = safeRedirect((await searchParams).next, "/dashboard");
  const { email } = await requireRecentPageUser(withNext("/login/new-password", next));
  return (
    <LoginFrame title="Choose a password">
      <p className="mt-3 text-pretty text-muted">
        For the account <span className="break-words text-ink">{email}</span>. All other browsers are then signed out.
      </p>
      <LoginForm
        action={setPassword}
        email={email}
        next={next}
        verb="Save password"
        password="new-password"
        captcha={null}
      />
      <p className="mt-6 text-[13px]">
        <a
          href={next}
          className="inline-flex h-10 items-center text-muted underline decoration-edge underline-offset-4 hover:text-ink"
        >
          Not now
        </a>
      </p>
    </LoginFrame>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signOut } from "@/app/dashboard/set-theme-and-sign-out";
import { SecondFactorForm } from "@/components/login/second-factor-form";
import { LoginFrame } from "@/components/login/login-frame";
import { Button } from "@/components/ui/button";
import { getPageUser, getUnfinishedUser, waitFor } from "@/lib/auth";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { withNext } from "@/lib/sign-in/next-page";
import { checkFactor } from "./check-factor";

export const metadata: Metadata = { title: "Second step" };

/** The second step of a sign-in, for accounts with an authenticator app. Until this step is done, the session gives no access. */
export default async function SecondFactorPage({ searchParams }: PageProps<"/login/second-factor">) {
  const next = safeRedirect((await searchParams).next, "/dashboard");
  const wait = waitFor(withNext("/login/second-factor", next));
  const user = await getUnfinishedUser().catch(wait);
  if (!user) redirect((await getPageUser().catch(wait)) ? next : withNext("/login", next));
  return (
    <LoginFrame title="One more step">
      <p className="mt-3 text-pretty text-muted">
        Enter the six-digit code that your authenticator app shows for{" "}
        <span className="break-words text-ink">{user.email}</span>.
      </p>
      <div className="mt-8">
        <SecondFactorForm action={checkFactor} email={user.email} next={next} />
      </div>
      <form action={signOut} className="mt-3">
        <Button type="submit" variant="ghost" className="w-full">
          Use another account
        </Button>
      </form>
    </LoginFrame>
  );
}

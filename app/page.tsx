import Link from "next/link";
import { redirect } from "next/navigation";
import { Hero, Promises, Setup } from "@/components/landing/sections";
import { SignedOutMarker } from "@/components/shell/account-switch-guard";
import { LegalLinks } from "@/components/shell/legal-links";
import { Wordmark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button-class";
import { getPageUser } from "@/lib/auth";
import { withProblem } from "@/lib/sign-in/next-page";
import { failureIn } from "./auth/confirm/confirm-link";

/**
 * The start page. If a sign-in at another service fails before Supabase knows which page to open, Supabase opens this page with
 * an error in the query.
 */
export default async function LandingPage({ searchParams }: PageProps<"/">) {
  const failure = failureIn(await searchParams);
  if (failure) redirect(withProblem("/login", failure));
  // When the session cannot be checked, the page shows the link to sign in.
  const isSignedIn = (await getPageUser().catch(() => null)) !== null;
  return (
    <div className="mx-auto max-w-[1280px] px-6 md:px-10">
      {isSignedIn ? null : <SignedOutMarker />}
      <header className="flex h-20 items-center justify-between">
        <Wordmark />
        <Link
          href={isSignedIn ? "/dashboard/generate" : "/login"}
          className={`${buttonClass({ variant: "ghost" })} -mr-4`}
        >
          {isSignedIn ? "Open the studio" : "Sign in"}
        </Link>
      </header>
      <main>
        <Hero />
        <Promises />
        <Setup />
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 border-t py-8 text-[13px] text-muted">
        <p>Released under the MIT license.</p>
        <LegalLinks />
      </footer>
    </div>
  );
}

import Link from "next/link";
import { Hero, Promises, Setup } from "@/components/landing/sections";
import { SignedOutMarker } from "@/components/shell/account-switch-guard";
import { Wordmark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button-class";
import { getPageUser } from "@/lib/auth";

export default async function LandingPage() {
  // If the session cannot be checked, the page shows the link to sign in.
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
      <footer className="border-t py-8 text-[13px] text-muted">Released under the MIT license.</footer>
    </div>
  );
}

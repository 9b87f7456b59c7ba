import Link from "next/link";
import { Hero } from "@/components/landing/hero";
import { Promises } from "@/components/landing/promises";
import { Setup } from "@/components/landing/setup";
import { Nobody } from "@/components/shell/account-switch-guard";
import { Wordmark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button";
import { getUser } from "@/lib/auth";

export default async function LandingPage() {
  // Where sign-in cannot be checked, it can be offered.
  const isSignedIn = (await getUser().catch(() => null)) !== null;
  return (
    <div className="mx-auto max-w-[1280px] px-6 md:px-10">
      {isSignedIn ? null : <Nobody />}
      <header className="flex h-20 items-center justify-between">
        <Wordmark />
        <Link
          href={isSignedIn ? "/dashboard/generate" : "/login"}
          className={`${buttonClass({ variant: "ghost" })} -mr-4`}
        >
          {isSignedIn ? "To the studio" : "Sign in"}
        </Link>
      </header>
      <main>
        <Hero />
        <Promises />
        <Setup />
      </main>
      <footer className="flex flex-wrap justify-between gap-4 border-t py-8 text-[13px] text-muted">
        <p>Darkroom is open source under the MIT license.</p>
        <p>A latent image is one that has been made but not yet developed.</p>
      </footer>
    </div>
  );
}

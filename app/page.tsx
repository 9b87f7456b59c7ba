import Link from "next/link";
import { ContactSheet } from "@/components/landing/contact-sheet";
import { Nobody } from "@/components/shell/account-switch-guard";
import { Wordmark } from "@/components/shell/wordmark";
import { buttonClass } from "@/components/ui/button";
import { getUser } from "@/lib/auth";

const promises = [
  {
    title: "Nothing is lost",
    words: "A finished image is copied into your own storage, once, whether or not the tab is still open.",
  },
  {
    title: "Any model on Replicate",
    words: "A model's own schema draws its form, checks what you send and is kept with what comes back.",
  },
  {
    title: "Private by default",
    words: "Only you see your images. The database and the storage hold to it by themselves, whatever the pages do.",
  },
];

const keys = [
  { name: "NEXT_PUBLIC_SUPABASE_URL", words: "and its two keys: accounts, data and storage in your own project" },
  { name: "REPLICATE_API_TOKEN", words: "images from real models instead of drawn ones" },
  { name: "APP_URL", words: "with a webhook secret: Replicate calls back the moment a model is done" },
];

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
        <section className="grid items-center gap-12 py-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16 lg:py-16">
          <div>
            <h1 className="text-[40px] leading-[1.05] font-medium tracking-[-0.035em] md:text-[60px]">
              <span className="block">Images</span> <span className="block">from prompts,</span>{" "}
              <span className="block">kept for good</span>
            </h1>
            <p className="mt-6 max-w-[46ch] text-base text-pretty text-muted md:text-[17px]">
              Darkroom develops what models on Replicate make and fixes it in your own Supabase. A studio in the
              browser, and a starter you can read in an hour.
            </p>
            <div className="mt-9 flex flex-wrap gap-3">
              <Link href="/dashboard/generate" className={`${buttonClass({ variant: "primary" })} h-12 px-6`}>
                Open the studio
              </Link>
              <a href="#keys" className={`${buttonClass()} h-12 px-6`}>
                Run your own
              </a>
            </div>
          </div>
          <ContactSheet />
        </section>
        <ul className="grid border-y md:grid-cols-3 md:divide-x">
          {promises.map(({ title, words }) => (
            <li key={title} className="border-t py-8 first:border-t-0 md:border-t-0 md:px-8 md:first:pl-0 md:last:pr-0">
              <h2 className="text-[15px] font-medium">{title}</h2>
              <p className="mt-2 max-w-[44ch] text-pretty text-muted">{words}</p>
            </li>
          ))}
        </ul>
        <section
          id="keys"
          className="grid scroll-mt-8 gap-10 py-16 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:gap-16"
        >
          <div>
            <h2 className="text-2xl font-medium tracking-tight">Starts without a single key</h2>
            <p className="mt-3 max-w-[46ch] text-pretty text-muted">
              One command runs the whole studio on your machine, with local stand-ins for Replicate and Supabase. Put
              keys into <code className="font-mono text-[13px] text-ink">.env.local</code> and the same command uses the
              real ones.
            </p>
          </div>
          <div>
            <pre className="overflow-x-auto rounded border bg-surface px-5 py-4 font-mono text-[13px] leading-7">
              <code>
                <span className="text-muted select-none">$ </span>npm ci
                {"\n"}
                <span className="text-muted select-none">$ </span>npm run dev
              </code>
            </pre>
            <dl className="mt-6 divide-y border-y">
              {keys.map(({ name, words }) => (
                <div key={name} className="grid gap-x-6 gap-y-1 py-3.5 sm:grid-cols-[240px_1fr]">
                  <dt className="font-mono text-[13px]">{name}</dt>
                  <dd className="text-[13px] text-pretty text-muted">{words}</dd>
                </div>
              ))}
            </dl>
          </div>
        </section>
      </main>
      <footer className="flex flex-wrap justify-between gap-4 border-t py-8 text-[13px] text-muted">
        <p>Darkroom is open source under the MIT license.</p>
        <p>A latent image is one that has been made but not yet developed.</p>
      </footer>
    </div>
  );
}

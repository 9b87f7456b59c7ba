import Link from "next/link";
import { Markdown } from "@/components/media/markdown";
import { productName } from "@/lib/config";
import { LegalLinks } from "./legal-links";
import { Wordmark } from "./wordmark";

/** A page with a text that the operator has written in Markdown. */
export function ContentPage({ text }: { text: string }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[720px] flex-col px-6">
      <header className="flex h-20 items-center">
        <Link href="/" aria-label={`${productName}, start page`} className="inline-flex h-10 items-center rounded">
          <Wordmark />
        </Link>
      </header>
      <main className="flex-1 pb-16">
        <Markdown text={text} isPage />
      </main>
      <footer className="border-t py-6">
        <LegalLinks />
      </footer>
    </div>
  );
}

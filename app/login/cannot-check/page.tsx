import type { Metadata } from "next";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";
import { safeRedirect } from "@/lib/security/safe-redirect";

export const metadata: Metadata = { title: "Your sign-in can't be checked right now" };

/** The time until the browser opens the page in `?next=` (s). */
const retryAfter = 5;

type CannotCheckPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * Shown when Supabase cannot check the session now. The user may still be signed in. So this page opens the page in `?next=`
 * after a few seconds, even without JavaScript.
 */
export default async function CannotCheckPage({ searchParams }: CannotCheckPageProps) {
  const next = safeRedirect((await searchParams).next, "/dashboard");
  return (
    <main>
      <meta httpEquiv="refresh" content={`${retryAfter};url=${next}`} />
      <MessagePage
        title="Your sign-in can't be checked right now"
        actions={
          <a href={next} className={buttonClass({ variant: "primary" })}>
            Try again
          </a>
        }
      >
        <p>If you were signed in, you are still signed in. This page tries again by itself every few seconds.</p>
        <p className="mt-3">Your files are safe, and everything that you started continues.</p>
      </MessagePage>
    </main>
  );
}

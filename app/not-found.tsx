import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";

export const metadata: Metadata = { title: "Not found" };

/** Shown for a URL that has no page. */
export default function NotFound() {
  return (
    <main>
      <MessagePage
        title="Page not found"
        actions={
          <>
            <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
              Open the studio
            </Link>
            <Link href="/" className={buttonClass()}>
              Go to the start page
            </Link>
          </>
        }
      >
        <p>There is no page at this address.</p>
      </MessagePage>
    </main>
  );
}

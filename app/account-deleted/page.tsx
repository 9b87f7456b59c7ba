import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";

export const metadata: Metadata = { title: "Account deleted" };

/** Shown after users have deleted their account. */
export default function AccountDeletedPage() {
  return (
    <main>
      <MessagePage
        title="Your account is deleted"
        actions={
          <Link href="/" className={buttonClass()}>
            Go to the start page
          </Link>
        }
      >
        <p>You are signed out everywhere. Files that are still stored are deleted within a few minutes.</p>
      </MessagePage>
    </main>
  );
}

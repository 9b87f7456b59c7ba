import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

/** For a link to an image that is not shared. */
export default function NotFound() {
  return (
    <main>
      <MessagePage
        title="Image not found"
        actions={
          <Link href="/" className={buttonClass()}>
            Go to the start page
          </Link>
        }
      >
        <p>The image was deleted or made private, or the link is incomplete.</p>
      </MessagePage>
    </main>
  );
}

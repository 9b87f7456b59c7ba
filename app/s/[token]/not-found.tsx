import type { Metadata } from "next";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";

export const metadata: Metadata = { title: "Not found" };

const home = "/";

/** Shown for a link to a file that is not shared. */
export default function NotFound() {
  return (
    <main>
      <MessagePage
        title="Nothing is shared here"
        actions={
          // This link loads a full page. Client-side navigation would keep this page's security policy, which blocks images from
          // Replicate.
          <a href={home} className={buttonClass()}>
            Go to the start page
          </a>
        }
      >
        <p>The file was deleted or made private, or the link is incomplete.</p>
      </MessagePage>
    </main>
  );
}

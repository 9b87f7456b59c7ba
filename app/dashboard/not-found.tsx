import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";

export const metadata: Metadata = { title: "Not found" };

/**
 * Shown for a 404 in the dashboard, but not on the pages for administrators. Only Generate and the page of a model respond with
 * 404. So the 404 always means that a model was not found.
 */
export default function NotFound() {
  return (
    <MessagePage
      title="Model not found"
      actions={
        <>
          <Link href="/dashboard/models" className={buttonClass({ variant: "primary" })}>
            Browse models
          </Link>
          <Link href="/dashboard/generate" className={buttonClass()}>
            Generate
          </Link>
        </>
      }
    >
      <p>This model does not exist on Replicate, or it is not available here.</p>
    </MessagePage>
  );
}

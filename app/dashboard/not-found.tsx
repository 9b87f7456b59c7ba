import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

/** For models: Generate and the page of a model are the only pages here that can be missing. */
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

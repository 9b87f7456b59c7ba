import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <MessagePage
      title="Page not found"
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
      <p>The address is wrong, or Replicate has no such model.</p>
    </MessagePage>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";

export const metadata: Metadata = { title: "Not found" };

/** Shown to users who are not administrators, and to administrators who open the page of a user who does not exist. */
export default function NotFound() {
  return (
    <MessagePage
      title="Page not found"
      actions={
        <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
          Generate
        </Link>
      }
    >
      <p>There is no page at this address.</p>
    </MessagePage>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { ReportForm } from "@/components/share/report-form";
import { MessagePage } from "@/components/shell/message-page";
import { buttonClass } from "@/components/ui/button-class";
import { sendReport } from "./actions";

export const metadata: Metadata = {
  title: "Report a file",
  robots: { index: false, follow: false },
};

/** A form to report a shared file. The form looks the same for every token, whether a file is shared with the token or not. */
export default async function ReportPage({ params, searchParams }: PageProps<"/report/[token]">) {
  const { token } = await params;
  const { result } = await searchParams;
  if (result === "sent") {
    return (
      <main>
        <MessagePage
          title="Thank you"
          actions={
            <Link href="/" className={buttonClass()}>
              Go to the start page
            </Link>
          }
        >
          <p role="status">Your report was sent. An administrator of this site will look at it.</p>
        </MessagePage>
      </main>
    );
  }
  return <ReportForm token={token} action={sendReport} problem={result} />;
}

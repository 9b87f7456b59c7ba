import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { getPageUser, waitFor } from "@/lib/auth";
import { productName } from "@/lib/config";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { confirmSignIn } from "./confirm-sign-in";
import { ConfirmLink } from "./confirm-link";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

type ConfirmPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * The links in e-mails open this page. It signs the user in only after a click on the button, because programs that scan e-mails
 * also open the links. A user who is already signed in can keep that session: the link may be for another account.
 */
export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const link = ConfirmLink.safeParse(await searchParams);
  const next = safeRedirect((await cookies()).get("next")?.value, "/dashboard");
  if (!link.success) redirect(`/login?with=link&problem=link&next=${encodeURIComponent(next)}`);
  const user = await getPageUser().catch(waitFor(pathWithQuery("/auth/confirm", link.data)));

  return (
    <main>
      <MessagePage
        title={user ? "Switch account?" : `Sign in to ${productName}`}
        actions={
          <>
            <form action={confirmSignIn}>
              {Object.entries(link.data).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              <Button type="submit" variant="primary">
                {user ? "Sign in with this link" : "Sign in"}
              </Button>
            </form>
            {user ? (
              <a href={next} className={`${buttonClass()} max-w-full`}>
                <span className="truncate">Stay signed in as {user.email}</span>
              </a>
            ) : null}
          </>
        }
      >
        {user ? (
          <p>
            You are signed in as <span className="break-words text-ink">{user.email}</span>. The link that you opened
            may be for another account. If so, it signs you in to that account.
          </p>
        ) : (
          <p>This link works once.</p>
        )}
      </MessagePage>
    </main>
  );
}

import type { Metadata } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { FragmentErrorReader } from "@/components/login/fragment-error-reader";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { getPageUser, waitFor } from "@/lib/auth";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { hasMailRequests } from "@/lib/sign-in/mail-request-cookie";
import { rememberedNext } from "@/lib/sign-in/next-page";
import { explainAuthError } from "@/lib/supabase/auth-errors";
import { confirmSignIn } from "./confirm-sign-in";
import { ConfirmLink, failureIn } from "./confirm-link";
import { describeLink } from "./describe-link";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

type ConfirmPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/**
 * The links in e-mails open this page. The page uses the link only after a click on the button, because programs that scan
 * e-mails also open the links. A user who is already signed in can choose to stay signed in, because the link may be for another
 * account. If this browser did not ask for the e-mail, the page warns the user: an attacker may have sent the link, to make the
 * user use the attacker's account.
 */
export default async function ConfirmPage({ searchParams }: ConfirmPageProps) {
  const query = await searchParams;
  const link = ConfirmLink.safeParse(query).data;
  if (query.changed === "one" || query.changed === "both") return <ChangedPage isDone={query.changed === "both"} />;
  if (!link) return <FailedPage code={failureIn(query) ?? "otp_expired"} />;

  const user = await getPageUser().catch(waitFor(pathWithQuery("/auth/confirm", link)));
  const canExchange = (await cookies()).getAll().some(({ name }) => name.includes("-code-verifier"));
  if ("code" in link && !canExchange) return <FailedPage code="bad_code_verifier" />;
  // Users do not request invitations. So even if this browser has requested an e-mail, an invitation is not that e-mail, and may
  // be for another address.
  const isInvitation = "type" in link && link.type === "invite";
  const isExpected = "code" in link || (!isInvitation && (await hasMailRequests()));
  const { title, text, verb } = describeLink(link, { isExpected, email: user?.email });

  return (
    <main>
      <MessagePage
        title={title}
        actions={
          <>
            <form action={confirmSignIn}>
              {Object.entries(link).map(([name, value]) => (
                <input key={name} type="hidden" name={name} value={value} />
              ))}
              {isExpected ? null : <input type="hidden" name="elsewhere" value="yes" />}
              <Button type="submit" variant={isExpected ? "primary" : "secondary"}>
                {verb}
              </Button>
            </form>
            {user ? (
              <a href={await rememberedNext()} className={`${buttonClass()} max-w-full`}>
                <span className="truncate">Stay signed in as {user.email}</span>
              </a>
            ) : null}
          </>
        }
      >
        {text.map((paragraph) => (
          <p key={paragraph} className="mt-3 break-words first:mt-0">
            {paragraph}
          </p>
        ))}
      </MessagePage>
    </main>
  );
}

async function FailedPage({ code }: { code: string }) {
  const user = await getPageUser().catch(() => null);
  return (
    <main>
      <FragmentErrorReader />
      <MessagePage
        title="This link did not work"
        actions={
          <>
            <Link href="/login?with=link" className={buttonClass({ variant: user ? "secondary" : "primary" })}>
              Request a new e-mail
            </Link>
            {user ? (
              <Link href="/dashboard" className={`${buttonClass({ variant: "primary" })} max-w-full`}>
                <span className="truncate">Continue as {user.email}</span>
              </Link>
            ) : null}
          </>
        }
      >
        <p>{explainAuthError({ code, status: 400 })}</p>
      </MessagePage>
    </main>
  );
}

function ChangedPage({ isDone }: { isDone: boolean }) {
  return (
    <main>
      <MessagePage
        title={isDone ? "Your e-mail address is changed" : "One of the two addresses is confirmed"}
        actions={
          <Link href={safeRedirect("/dashboard/account", "/dashboard")} className={buttonClass({ variant: "primary" })}>
            Open your account
          </Link>
        }
      >
        <p>
          {isDone
            ? "From now on, sign in with the new address."
            : "Now open the link in the other e-mail, too, and confirm there. We have sent one e-mail to your old address, and one to your new address. Until both are confirmed, your address does not change."}
        </p>
      </MessagePage>
    </main>
  );
}

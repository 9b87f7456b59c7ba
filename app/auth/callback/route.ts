import { redirect } from "next/navigation";
import { getPageUser, isRecent } from "@/lib/auth";
import { pageAfter, rememberedNext, withNext, withProblem } from "@/lib/sign-in/next-page";
import { logAuthError, type AuthFailure } from "@/lib/supabase/auth-errors";
import { openSession } from "@/lib/supabase/open-session";
import { failureIn } from "../confirm/confirm-link";

/**
 * Finishes a sign-in at another service, such as Google. Supabase redirects the browser to this route with a code. The code
 * works only in the browser that has started the sign-in. If this browser already has a signed-in user, the sign-in succeeds
 * only for the same user.
 */
export async function GET(request: Request) {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const next = await rememberedNext();
  const user = await getPageUser().catch(() => null);
  const fail = (error: AuthFailure) => {
    logAuthError(error, "provider");
    // A user with a recent sign-in came here to connect an account of another service, not to sign in. So the message is shown
    // on `next`, the page where the user started. All other users see the message on a sign-in page.
    const page = user && isRecent(user) ? next : withNext(user ? "/login/again" : "/login", next);
    redirect(withProblem(page, error.code));
  };

  const failure = failureIn(query);
  // Supabase reports all problems between Supabase and the other service as `unexpected_failure`. The message for
  // `bad_oauth_callback` explains such a problem better.
  if (failure) return fail({ code: failure === "unexpected_failure" ? "bad_oauth_callback" : failure, status: 400 });
  const { code } = query;
  if (!code) redirect(withNext("/login", next));
  const opened = await openSession(
    (auth) => auth.exchangeCodeForSession(code),
    async ({ session }) => (user && user.id !== session.user.id ? { code: "account_mismatch", status: 403 } : null),
  );
  if ("error" in opened) return fail(opened.error);
  redirect(pageAfter(opened, next));
}

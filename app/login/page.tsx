import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Captcha } from "@/components/login/captcha";
import { LoginForm, type LoginFormProps } from "@/components/login/login-form";
import { LoginFrame, OtherWays } from "@/components/login/login-frame";
import { ProviderLinks } from "@/components/login/provider-links";
import { LegalLinks } from "@/components/shell/legal-links";
import { Button } from "@/components/ui/button";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { getPageUser, getUnfinishedUser, waitFor } from "@/lib/auth";
import { env } from "@/lib/env";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { withNext } from "@/lib/sign-in/next-page";
import { explainAuthError } from "@/lib/supabase/auth-errors";
import { sendLink, sendRecovery, signIn, signInToDemo, signUp } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Way = Pick<LoginFormProps, "action" | "verb" | "password" | "sentText"> & { title: string; link: string };

const withPassword: Way = {
  title: "Sign in",
  link: "Sign in with a password",
  verb: "Sign in",
  action: signIn,
  password: "current-password",
};

const ways: Record<string, Way> = {
  password: withPassword,
  link: {
    title: "Sign in by e-mail",
    link: "Sign in by e-mail",
    verb: "Send me an e-mail",
    action: sendLink,
    sentText: "If {email} can sign in here, an e-mail is on its way.",
  },
  recover: {
    title: "Forgot your password?",
    link: "Forgot password?",
    verb: "Send me an e-mail",
    action: sendRecovery,
    sentText: "If there is an account for {email}, an e-mail is on its way. Its link lets you choose a new password.",
  },
  account: {
    title: "Create an account",
    link: "Create an account",
    verb: "Create account",
    action: signUp,
    password: "new-password",
    sentText: "To finish, confirm {email}: an e-mail is on its way. No e-mail? You may already have an account.",
  },
};

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const query = await searchParams;
  const next = safeRedirect(query.next, "/dashboard");
  const wait = waitFor(pathWithQuery("/login", { next }));
  if (await getPageUser().catch(wait)) redirect(next);
  if (await getUnfinishedUser().catch(wait)) redirect(withNext("/login/second-factor", next));

  const { demo, captcha, AUTH_PROVIDERS, SANDBOX_MAIL_URL, SIGN_UP } = env();
  const offered = Object.entries(ways).filter(([name]) => name !== "account" || SIGN_UP === "open");
  const [name, { title, link: _, ...way }] = offered.find(([key]) => key === query.with) ?? ["password", withPassword];
  const problem = typeof query.problem === "string" ? explainAuthError({ code: query.problem, status: 400 }) : null;

  const above =
    name === "recover" ? null : (
      <>
        {demo ? (
          <form action={signInToDemo} className="mt-8 border-b pb-8">
            <input type="hidden" name="next" value={next} />
            {captcha ? <Captcha {...captcha} /> : null}
            <Button type="submit" className="w-full">
              Use the demo account
            </Button>
            <p className="mt-2.5 text-center text-[13px] text-muted">No sign-up needed</p>
          </form>
        ) : null}
        <ProviderLinks providers={AUTH_PROVIDERS} next={next} />
      </>
    );
  return (
    <LoginFrame title={title} problem={problem} footer={<LegalLinks />}>
      <LoginForm key={name} {...way} next={next} captcha={captcha} mailUrl={SANDBOX_MAIL_URL} above={above} />
      <OtherWays
        ways={offered
          .filter(([other]) => other !== name)
          .map(([other, { link }]) => ({ label: link, query: { with: other, next } }))}
      />
    </LoginFrame>
  );
}

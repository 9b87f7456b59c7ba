import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { LoginForm } from "@/components/login/login-form";
import { Wordmark } from "@/components/shell/wordmark";
import { Button } from "@/components/ui/button";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { getPageUser, waitFor } from "@/lib/auth";
import { env } from "@/lib/env";
import { safeRedirect } from "@/lib/security/safe-redirect";
import { sendLink, signIn, signInToDemo, signUp } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

const ways = {
  password: { title: "Sign in", verb: "Sign in", action: signIn, password: "current-password" },
  account: { title: "Create an account", verb: "Create account", action: signUp, password: "new-password" },
  link: { title: "Sign in by e-mail", verb: "Send me a link", action: sendLink, password: undefined },
} as const;

const problems = new Map<unknown, string>([
  ["link", "That link has expired or was already used. Request a new one."],
  ["unavailable", "Sign-in is unavailable. Open the link in your e-mail again in a moment."],
  ["demo", "The demo account is not available right now. Try again in a moment."],
  ["tries", "Too many attempts. Wait a minute, then try again."],
]);

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const query = await searchParams;
  const next = safeRedirect(query.next, "/dashboard");
  if (await getPageUser().catch(waitFor(pathWithQuery("/login", { next })))) redirect(next);

  const name = query.with === "account" || query.with === "link" ? query.with : "password";
  const way = ways[name];
  const problem = problems.get(query.problem);
  const others = [
    { with: "password", label: "Sign in with a password" },
    { with: "link", label: "E-mail me a sign-in link" },
    { with: "account", label: "Create an account" },
  ].filter((other) => other.with !== name);

  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col px-6 py-8">
      <Link href="/" className="-m-2.5 self-start rounded p-2.5">
        <Wordmark />
      </Link>
      <div className="my-auto py-12">
        <h1 className="text-[28px] leading-tight font-medium tracking-tight">{way.title}</h1>
        {problem ? (
          <p role="alert" className="mt-4 rounded border border-risk/50 px-4 py-3 text-[13px] text-risk">
            {problem}
          </p>
        ) : null}
        {env().demo ? (
          <form action={signInToDemo} className="mt-8 border-b pb-8">
            <input type="hidden" name="next" value={next} />
            <Button type="submit" className="w-full">
              Use the demo account
            </Button>
            <p className="mt-2.5 text-center text-[13px] text-muted">No sign-up needed</p>
          </form>
        ) : null}
        <div className="mt-8">
          <LoginForm key={name} action={way.action} next={next} verb={way.verb} password={way.password} />
        </div>
        <ul className="mt-6 flex flex-wrap justify-between gap-x-6 text-[13px]">
          {others.map((other) => (
            <li key={other.with}>
              <Link
                href={{ pathname: "/login", query: { with: other.with, next } }}
                className="inline-flex h-10 items-center text-muted underline decoration-edge underline-offset-4 hover:text-ink"
              >
                {other.label}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}

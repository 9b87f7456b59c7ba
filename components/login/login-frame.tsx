import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/shell/wordmark";

type LoginFrameProps = {
  title: string;
  /** A text about what happened before the page was opened, such as a link that has expired. */
  problem?: string | null | undefined;
  children: ReactNode;
  /** Shown at the bottom of the page. */
  footer?: ReactNode;
};

/** The narrow page that all steps of a sign-in share. */
export function LoginFrame({ title, problem, children, footer }: LoginFrameProps) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[400px] flex-col px-6 py-8">
      <Link href="/" className="-m-2.5 self-start rounded p-2.5">
        <Wordmark />
      </Link>
      <div className="my-auto py-12">
        <h1 className="text-[28px] leading-tight font-medium tracking-tight">{title}</h1>
        {problem ? (
          <p role="alert" className="mt-4 rounded border border-risk/50 px-4 py-3 text-[13px] text-pretty text-risk">
            {problem}
          </p>
        ) : null}
        {children}
      </div>
      {footer}
    </main>
  );
}

const linkClass =
  "inline-flex h-10 items-center text-muted underline decoration-edge underline-offset-4 hover:text-ink";

/** Links to the other ways to sign in. */
export function OtherWays({ ways }: { ways: { label: string; query: Record<string, string> }[] }) {
  return (
    <ul className="mt-6 flex flex-wrap justify-between gap-x-6 text-[13px]">
      {ways.map(({ label, query }) => (
        <li key={label}>
          <Link href={{ pathname: "/login", query }} className={linkClass}>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-class";
import { pathWithQuery } from "@/components/ui/path-with-query";

type SectionProps = { id: string; title: string; about?: ReactNode; children: ReactNode };

/** A section of the account page. `/dashboard/account#<id>` opens the page at this section. */
export function Section({ id, title, about, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-6 gap-x-10 gap-y-5 border-t py-8 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]"
    >
      <div>
        <h2 id={`${id}-title`} className="font-medium">
          {title}
        </h2>
        {about ? <p className="mt-1.5 text-[13px] text-pretty text-muted">{about}</p> : null}
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

/** A link to sign in again, which is shown instead of a form that needs a recent sign-in. */
export function SignInAgain({ to, verb }: { to: string; verb: string }) {
  return (
    <>
      <Link
        href={pathWithQuery("/login/again", { next: `/dashboard/account#${to}` })}
        prefetch={false}
        className={buttonClass()}
      >
        {verb}
      </Link>
      <p className="mt-2 text-[13px] text-muted">You will be asked to sign in again first.</p>
    </>
  );
}

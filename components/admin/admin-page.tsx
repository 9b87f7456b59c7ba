import type { ReactNode } from "react";
import Link from "next/link";
import { PageHeader } from "@/components/shell/page-header";
import { describeNotice } from "./notices";

const tabs = [
  { href: "/dashboard/admin", label: "Users" },
  { href: "/dashboard/admin/installation", label: "Installation" },
  { href: "/dashboard/admin/reports", label: "Reports" },
  { href: "/dashboard/admin/log", label: "Log" },
] as const;

type AdminPageProps = {
  current: (typeof tabs)[number]["label"];
  /** The result of the last action, from the URL: for example, "block_user.done". */
  notice?: unknown;
  children: ReactNode;
};

/** The frame of all pages for administrators. */
export function AdminPage({ current, notice, children }: AdminPageProps) {
  const result = describeNotice(notice);
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Administration" />
      <nav aria-label="Administration" className="mt-4 flex gap-5 overflow-x-auto border-b text-[13px] sm:gap-6">
        {tabs.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            aria-current={label === current ? "page" : undefined}
            className="flex min-h-10 shrink-0 items-center border-b-2 border-transparent font-medium text-muted -outline-offset-2 hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      {result ? (
        <p
          role={result.isProblem ? "alert" : "status"}
          className={`mt-6 rounded border px-4 py-3 text-[13px] ${result.isProblem ? "border-risk/50 text-risk" : "bg-surface"}`}
        >
          {result.text}
        </p>
      ) : null}
      <div className="mt-6 flex flex-col gap-8">{children}</div>
    </div>
  );
}

export function Section({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="text-[15px] font-medium">{title}</h2>
      {about ? <p className="mt-1 max-w-prose text-[13px] text-pretty text-muted">{about}</p> : null}
      <div className="mt-4">{children}</div>
    </section>
  );
}

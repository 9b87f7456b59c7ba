import type { ReactNode } from "react";
import type { Route } from "next";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button-class";

type EmptyStateProps = { title: string; href: Route; action: string; isPrimary?: boolean; children: ReactNode };

/** Shown in place of an empty list, with a link to `href`. `action` is the label of the link. */
export function EmptyState({ title, href, action, isPrimary = false, children }: EmptyStateProps) {
  return (
    <div className="grid place-items-center rounded border border-dashed px-6 py-20 text-center">
      <div className="max-w-sm">
        <h2 className="text-base font-medium">{title}</h2>
        <p className="mt-1.5 text-pretty text-muted">{children}</p>
        <Link href={href} className={`mt-6 ${buttonClass({ variant: isPrimary ? "primary" : "secondary" })}`}>
          {action}
        </Link>
      </div>
    </div>
  );
}

"use client";
// This is a separate file, so that only the link needs JavaScript. The server renders the navigation and its icons.

import type { ReactNode } from "react";
import type { Route } from "next";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";

export function NavLink({ href, children }: { href: Route; children: ReactNode }) {
  const path = usePathname();
  const isCurrent = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isCurrent ? "page" : undefined}
      className="group relative flex h-14 flex-1 flex-col items-center justify-center gap-1 rounded text-[11px] text-muted transition-colors hover:text-ink aria-[current]:text-ink md:flex-none md:hover:bg-raised"
    >
      <Marker />
      {children}
    </Link>
  );
}

/** Marks the link of the current page, and pulses while the page of its link is loading. */
function Marker() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={`absolute top-0 h-0.5 w-6 rounded-full bg-accent md:top-1/2 md:-left-2 md:h-6 md:w-0.5 md:-translate-y-1/2 ${pending ? "animate-safelight" : "opacity-0 group-aria-[current]:opacity-100"}`}
    />
  );
}

"use client";

import { Aperture, Boxes, Clock, Images } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { navigation } from "@/lib/config";

const icons = {
  "/dashboard/generate": Aperture,
  "/dashboard/gallery": Images,
  "/dashboard/models": Boxes,
  "/dashboard/history": Clock,
};

/** The pages of the studio: a column in the rail on desktop, a row in the bottom bar on phones. */
export function Nav() {
  const path = usePathname();
  return (
    <nav aria-label="Studio" className="flex min-w-0 flex-1 md:w-full md:flex-none md:flex-col md:gap-1">
      {navigation.map(({ href, label }) => {
        const Icon = icons[href];
        const isCurrent = path === href || path.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent ? "page" : undefined}
            className="group relative flex h-14 flex-1 flex-col items-center justify-center gap-1 rounded text-[11px] text-muted transition-colors hover:text-ink aria-[current]:text-ink md:flex-none md:hover:bg-raised"
          >
            <Marker />
            <Icon aria-hidden className="size-5" strokeWidth={1.5} />
            {label}
          </Link>
        );
      })}
    </nav>
  );
}

/** Marks the current page, and pulses on a page that is loading. */
function Marker() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={`absolute top-0 h-0.5 w-6 rounded-full bg-accent md:top-1/2 md:-left-2 md:h-6 md:w-0.5 md:-translate-y-1/2 ${pending ? "animate-safelight" : "opacity-0 group-aria-[current]:opacity-100"}`}
    />
  );
}

"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";

type FilterChipsProps = {
  label: string;
  /** Hides the label on the screen. Screen readers still read it. */
  isLabelHidden?: boolean;
  chips: { label: string; href: Parameters<typeof Link>[0]["href"]; isCurrent: boolean }[];
};

const chip =
  "inline-flex h-8 items-center rounded-full border px-3 text-[13px] whitespace-nowrap text-muted transition-colors hover:border-edge hover:text-ink aria-[current]:border-edge aria-[current]:bg-raised aria-[current]:text-ink forced-colors:aria-[current]:border-[Highlight] pointer-coarse:h-10";

/** A row of links that change the query of the page Models. On a phone, the row scrolls sideways. */
export function FilterChips({ label, isLabelHidden = false, chips }: FilterChipsProps) {
  const row = useRef<HTMLUListElement>(null);

  // Scrolls the row to the current link. `scrollIntoView` is not used, because it could also scroll the page.
  useEffect(() => {
    const { current: list } = row;
    const item = list?.querySelector("[aria-current]")?.parentElement;
    if (list && item) list.scrollLeft = item.offsetLeft - list.offsetLeft - (list.clientWidth - item.clientWidth) / 2;
  }, []);

  return (
    <nav aria-label={label} className="flex items-baseline gap-3">
      {isLabelHidden ? null : (
        <span aria-hidden className="w-12 shrink-0 text-[13px] text-muted">
          {label}
        </span>
      )}
      <ul
        ref={row}
        className="flex min-w-0 gap-2 max-md:-my-1 max-md:-mr-4 max-md:-ml-1 max-md:overflow-x-auto max-md:py-1 max-md:pr-4 max-md:pl-1 md:flex-wrap"
      >
        {chips.map(({ label: text, href, isCurrent }) => (
          <li key={text}>
            <Link href={href} aria-current={isCurrent ? "true" : undefined} className={chip}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

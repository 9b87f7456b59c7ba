import Link from "next/link";

type FilterChipsProps = {
  label: string;
  /** Hides the label, which only screen readers then hear. */
  isLabelHidden?: boolean;
  chips: { label: string; href: Parameters<typeof Link>[0]["href"]; isCurrent: boolean }[];
};

const chip =
  "inline-flex h-8 items-center rounded-full border px-3 text-[13px] whitespace-nowrap text-muted transition-colors hover:border-edge hover:text-ink aria-[current]:border-edge aria-[current]:bg-raised aria-[current]:text-ink forced-colors:aria-[current]:border-[Highlight] pointer-coarse:h-10";

/** A row of links that change the query of the page Models. */
export function FilterChips({ label, isLabelHidden = false, chips }: FilterChipsProps) {
  return (
    <nav aria-label={label} className="flex items-baseline gap-3">
      {isLabelHidden ? null : (
        <span aria-hidden className="w-12 shrink-0 text-[13px] text-muted">
          {label}
        </span>
      )}
      <ul className="flex flex-wrap gap-2">
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

import { productName } from "@/lib/config";

/** The logo: a circle whose right half is red. */
export function Mark({ className = "size-6" }: { className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className}>
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M12 3a9 9 0 0 1 0 18z" fill="var(--color-accent)" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5 text-[15px] font-medium tracking-tight text-ink">
      <Mark className="size-5" />
      {productName}
    </span>
  );
}

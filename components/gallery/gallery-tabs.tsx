import Link from "next/link";

const tabs = [
  { href: "/dashboard/gallery", label: "Generated" },
  { href: "/dashboard/gallery/uploads", label: "Uploads" },
] as const;

/** Links to the two parts of the gallery: generated files, and files that the user uploaded as model inputs. */
export function GalleryTabs({ current }: { current: (typeof tabs)[number]["label"] }) {
  return (
    <nav aria-label="Gallery" className="mt-4 flex gap-6 border-b text-[13px]">
      {tabs.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={label === current ? "page" : undefined}
          className="-mb-px flex min-h-10 items-center border-b-2 border-transparent font-medium text-muted hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

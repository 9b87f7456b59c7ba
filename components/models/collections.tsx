import Link from "next/link";
import type { Collection } from "@/lib/models/listing";

type CollectionsProps = {
  collections: Collection[];
  /** The slug of the current collection, "" for the featured models, or null for search results. */
  current: string | null;
};

const chip =
  "inline-flex h-8 items-center rounded-full border px-3 text-[13px] whitespace-nowrap text-muted transition-colors hover:border-edge hover:text-ink aria-[current]:border-edge aria-[current]:bg-raised aria-[current]:text-ink pointer-coarse:h-10";

/** Links to the featured models and to Replicate's collections. */
export function Collections({ collections, current }: CollectionsProps) {
  if (collections.length === 0) return null;
  return (
    <nav aria-label="Collections" className="mt-6">
      <ul className="flex flex-wrap gap-2">
        {[{ slug: "", name: "Featured" }, ...collections].map(({ slug, name }) => (
          <li key={slug}>
            <Link
              href={{ pathname: "/dashboard/models", query: slug ? { collection: slug } : {} }}
              aria-current={slug === current ? "page" : undefined}
              className={chip}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

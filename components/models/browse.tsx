import Link from "next/link";
import { SearchInput } from "@/components/ui/search-input";
import type { Collection } from "@/lib/models/listing";

/** Searches all public models on Replicate. A plain form, so the query is part of the URL. */
export function ModelSearch({ query }: { query: string }) {
  return (
    <form action="/dashboard/models" role="search" className="relative w-full sm:w-80">
      <SearchInput key={query} label="Search all models on Replicate" maxLength={200} defaultValue={query} />
    </form>
  );
}

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

import { SearchInput } from "@/components/ui/search-input";
import type { ModelsQuery } from "./model-filters";

/**
 * Searches all public models on Replicate. The search is a plain form, so the words are part of the URL. A search keeps the
 * filter.
 */
export function ModelSearch({ query: { q = "", makes, takes } }: { query: ModelsQuery }) {
  return (
    <form action="/dashboard/models" role="search" className="relative w-full sm:w-80">
      {makes ? <input type="hidden" name="makes" value={makes} /> : null}
      {takes ? <input type="hidden" name="takes" value={takes} /> : null}
      <SearchInput key={q} label="Search all models on Replicate" maxLength={200} defaultValue={q} />
    </form>
  );
}

import { SearchInput } from "@/components/ui/search-input";

/** Searches all public models on Replicate. It is a plain form, so the query is part of the URL. */
export function ModelSearch({ query }: { query: string }) {
  return (
    <form action="/dashboard/models" role="search" className="relative w-full sm:w-80">
      <SearchInput key={query} label="Search all models on Replicate" maxLength={200} defaultValue={query} />
    </form>
  );
}

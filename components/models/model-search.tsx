import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Searches all of Replicate's public models: a plain form, so that what is looked for stands in the address. */
export function ModelSearch({ query }: { query: string }) {
  return (
    <form action="/dashboard/models" role="search" className="relative w-full sm:w-80">
      <Input
        key={query}
        type="search"
        name="q"
        maxLength={200}
        defaultValue={query}
        aria-label="Search all models on Replicate"
        placeholder="Search all models on Replicate"
        className="pr-11"
      />
      <Button type="submit" variant="ghost" size="icon" aria-label="Search" className="absolute top-0.5 right-0.5">
        <Search aria-hidden className="size-4" />
      </Button>
    </form>
  );
}

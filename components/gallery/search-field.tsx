import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Searches the prompts: a plain form, so that what is looked for stands in the address. */
export function SearchField({ query }: { query: string }) {
  return (
    <form action="/dashboard/gallery" role="search" className="relative w-full sm:w-72">
      <Input
        type="search"
        name="q"
        defaultValue={query}
        aria-label="Search prompts"
        placeholder="Search prompts"
        className="pr-11"
      />
      <Button type="submit" variant="ghost" size="icon" aria-label="Search" className="absolute top-0.5 right-0.5">
        <Search aria-hidden className="size-4" />
      </Button>
    </form>
  );
}

"use client";

import { useEffect, useRef } from "react";
import { Search } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { announce } from "@/components/ui/live-region";
import type { GalleryFilter } from "@/lib/media/schema";
import { useLiveSearch } from "./use-live-search";

/** Searches the prompts as one types. Without script it is a plain form: what is looked for stands in the address. */
export function SearchField({ filter, found }: { filter: GalleryFilter; found: string }) {
  const { field, isPending, isOffline, search, searchSoon, endGo } = useLiveSearch(filter);
  const { q, ...others } = filter;
  const said = useRef(q);

  useEffect(() => {
    if (said.current === q) return;
    said.current = q;
    announce(found);
  }, [q, found]);

  return (
    <form
      action="/dashboard/gallery"
      role="search"
      aria-busy={isPending}
      className="relative w-full sm:w-72"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      {Object.entries(others).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <Input
        ref={field}
        type="search"
        name="q"
        defaultValue={q}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="search"
        aria-label="Search prompts"
        placeholder="Search prompts"
        className="pr-11"
        onInput={searchSoon}
        onBlur={endGo}
      />
      <Button
        type="submit"
        variant="ghost"
        size="icon"
        aria-label="Search"
        className={`absolute top-0.5 right-0.5 pointer-coarse:top-0 ${isPending ? "animate-safelight" : ""}`}
      >
        <Search aria-hidden className="size-4" />
      </Button>
      {isOffline ? (
        <p role="status" className="absolute inset-x-0 top-full mt-1 text-[13px] text-muted">
          You are offline. This is looked for once you are back.
        </p>
      ) : null}
    </form>
  );
}

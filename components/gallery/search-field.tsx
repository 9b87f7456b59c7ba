"use client";

import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { useRouter } from "next/navigation";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { announce } from "@/components/ui/live-region";
import { SearchInput } from "@/components/ui/search-input";
import type { GalleryFilter } from "@/lib/media/schema";

/**
 * Searches prompts while the user types. Without JavaScript, the field works as a plain form. `found` says in words how many
 * files were found. Screen readers read `found` after each search.
 */
export function SearchField({ filter, found }: { filter: GalleryFilter; found: string }) {
  const { q = "", ...others } = filter;
  const { field, isPending, isOffline, search, searchSoon, endTyping } = useLiveSearch(filter);
  const announced = useRef(q);

  useEffect(() => {
    if (announced.current === q) return;
    announced.current = q;
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
      <SearchInput
        ref={field}
        label="Search prompts"
        isPending={isPending}
        defaultValue={q}
        maxLength={500}
        autoComplete="off"
        enterKeyHint="search"
        onInput={searchSoon}
        onBlur={endTyping}
      />
      {isOffline ? (
        <p role="status" className="absolute inset-x-0 top-full mt-1 text-[13px] text-muted">
          You are offline. The search starts when you are back online.
        </p>
      ) : null}
    </form>
  );
}

/** The delay between the last key press and the search (ms). */
const typingPause = 250;

/** Writes the search words to the URL. All searches until the field loses the focus share one entry in the browser history. */
function useLiveSearch(filter: GalleryFilter) {
  const shown = filter.q ?? "";
  const router = useRouter();
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const searched = useRef(shown);
  const hasOwnStep = useRef(false);
  const [isPending, startTransition] = useTransition();
  const [isOffline, setOffline] = useState(false);

  function search() {
    clearTimeout(timer.current);
    // While the browser is offline, the search waits, because a navigation would open the browser's error page.
    setOffline(!navigator.onLine);
    const words = field.current?.value.trim() ?? "";
    if (!navigator.onLine || words === searched.current) return;
    const address = pathWithQuery("/dashboard/gallery", { ...filter, q: words });
    const isFirst = !hasOwnStep.current;
    searched.current = words;
    hasOwnStep.current = true;
    startTransition(() => {
      if (isFirst) router.push(address, { scroll: false });
      else router.replace(address, { scroll: false });
    });
  }

  // Writes the search words of the URL into the field. Does nothing during a search, because `shown` still has the words of the
  // previous search.
  const showAddress = useEffectEvent(() => {
    if (isPending || shown === searched.current) return;
    searched.current = shown;
    hasOwnStep.current = false;
    if (field.current) field.current.value = shown;
  });
  // After Back, Forward or a click on a link, the search words in the URL may differ from the words in the field.
  useEffect(() => showAddress(), [shown]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const searchAgain = useEffectEvent(search);
  useEffect(() => {
    if (!isOffline) return;
    const onOnline = () => searchAgain();
    window.addEventListener("online", onOnline);
    return () => window.removeEventListener("online", onOnline);
  }, [isOffline]);

  return {
    field,
    isPending,
    isOffline,
    search,
    searchSoon: () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(search, typingPause);
    },
    endTyping: () => {
      hasOwnStep.current = false;
    },
  };
}

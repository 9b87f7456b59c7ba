import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { useRouter } from "next/navigation";
import type { GalleryFilter } from "@/lib/media/schema";
import { galleryAddress } from "./gallery-address";

/** How long nothing is typed before it is looked for, in ms. */
const pause = 250;

/**
 * Puts what is typed into the address, a moment after the last key, and into the field what came into the address in
 * another way. What is typed in one go is one step of the browser's Back.
 */
export function useLiveSearch(filter: GalleryFilter) {
  const field = useRef<HTMLInputElement>(null);
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = filter.q ?? "";
  /** What was asked for and has not come yet. */
  const asked = useRef<string[]>([]);
  const isOneGo = useRef(false);
  const [isOffline, setOffline] = useState(false);

  useEffect(() => {
    const place = asked.current.indexOf(shown);
    asked.current = asked.current.slice(place + 1);
    if (place >= 0) return;
    asked.current = [];
    isOneGo.current = false;
    if (field.current) field.current.value = shown;
  }, [shown]);

  useEffect(() => () => clearTimeout(timer.current), []);

  function search() {
    clearTimeout(timer.current);
    const words = field.current?.value.trim() ?? "";
    // Without a network the browser would leave the page, and show one of its own.
    setOffline(!navigator.onLine);
    if (!navigator.onLine) return;
    if (words === (asked.current.at(-1) ?? shown)) return;
    asked.current.push(words);
    const address = galleryAddress({ ...filter, q: words || undefined });
    const isFirst = !isOneGo.current;
    isOneGo.current = true;
    startTransition(() => {
      if (isFirst) router.push(address, { scroll: false });
      else router.replace(address, { scroll: false });
    });
  }

  const searchNow = useEffectEvent(search);
  useEffect(() => {
    if (!isOffline) return;
    const onOnline = () => searchNow();
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
      timer.current = setTimeout(search, pause);
    },
    endGo: () => {
      isOneGo.current = false;
    },
  };
}

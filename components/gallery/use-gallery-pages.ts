import { useMemo, useState } from "react";
import { announce } from "@/components/ui/live-region";
import type { LoadMoreState } from "@/components/ui/load-more";
import type { GalleryFilter, GalleryMedia } from "@/lib/media/schema";

export type ImagePage = { results: GalleryMedia[]; next: string | null };
/** Null: the person is signed out. */
export type LoadOlder = (page: { cursor: string; filter: GalleryFilter }) => Promise<ImagePage | null>;

/** The images loaded so far, and loading the next page behind them. */
export function useGalleryPages(first: ImagePage, filter: GalleryFilter, loadOlder: LoadOlder) {
  const [pages, setPages] = useState([first]);
  const [state, setState] = useState<LoadMoreState>("idle");
  const images = useMemo(() => pages.flatMap((page) => page.results), [pages]);
  const next = pages.at(-1)?.next ?? null;

  function load() {
    if (!next || state === "loading") return;
    setState("loading");
    loadOlder({ cursor: next, filter }).then(
      (page) => {
        if (!page) return setState("signedOut");
        setPages((known) => [...known, page]);
        setState("idle");
        announce(`${page.results.length} older images`);
      },
      () => setState("failed"),
    );
  }

  return { images, next, state, load };
}

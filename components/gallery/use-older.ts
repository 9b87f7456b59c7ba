import { useState } from "react";
import { announce } from "@/components/ui/live-region";
import type { GalleryImage } from "@/lib/images/schema";

export type ImagePage = { results: GalleryImage[]; next: string | null };
export type LoadOlder = (page: { cursor: string; query: string }) => Promise<ImagePage>;
export type OlderState = "idle" | "loading" | "failed";

/** The pictures loaded so far, and loading the next page behind them. */
export function useOlder(first: ImagePage, query: string, loadOlder: LoadOlder) {
  const [pages, setPages] = useState([first]);
  const [state, setState] = useState<OlderState>("idle");
  const images = pages.flatMap((page) => page.results);
  const next = pages.at(-1)?.next ?? null;

  function load() {
    if (!next || state === "loading") return;
    setState("loading");
    loadOlder({ cursor: next, query }).then(
      (page) => {
        setPages((known) => [...known, page]);
        setState("idle");
        announce(`${page.results.length} older pictures`);
      },
      () => setState("failed"),
    );
  }

  return { images, next, state, load };
}

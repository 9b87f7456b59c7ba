import { useState } from "react";
import { announce } from "./live-region";

export type Page<Row> = { results: Row[]; next: string | null };

/** Loads the page after a cursor. Returns null when the user is signed out. */
type LoadPage<Row> = (cursor: string) => Promise<Page<Row> | null>;

export type LoadState = "idle" | "loading" | "failed" | "signedOut";

/** Loads the pages after `cursor`, one at a time, and passes their rows to `onLoad`. `noun` names the rows, in the plural. */
export function useInfiniteList<Row>(
  cursor: string | null,
  loadPage: LoadPage<Row>,
  onLoad: (rows: Row[]) => void,
  noun: string,
) {
  const [next, setNext] = useState(cursor);
  const [state, setState] = useState<LoadState>("idle");

  async function loadMore() {
    if (!next || state === "loading") return;
    setState("loading");
    try {
      const page = await loadPage(next);
      if (!page) return setState("signedOut");
      onLoad(page.results);
      setNext(page.next);
      setState("idle");
      announce(`${page.results.length} older ${noun} loaded`);
    } catch {
      setState("failed");
    }
  }

  return { next, state, loadMore: () => void loadMore() };
}

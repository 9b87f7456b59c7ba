"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { buttonClass } from "./button-class";
import { announce } from "./live-region";

export type Page<Row> = { results: Row[]; next: string | null };

/** Loads the page after a cursor. Returns null when the user is signed out. */
type LoadPage<Row> = (cursor: string) => Promise<Page<Row> | null>;

type LoadState = "idle" | "loading" | "failed" | "signedOut";

/**
 * Loads the pages after `cursor`, one at a time, and passes their rows to `onLoad`. `noun` is the word for the rows in the
 * plural, such as "images".
 */
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

  return { next, noun, state, loadMore: () => void loadMore() };
}

type LoadMoreProps = { list: ReturnType<typeof useInfiniteList>; href: string };

const labels: Record<LoadState, string> = {
  idle: "Show older",
  loading: "Loading…",
  failed: "Try again",
  signedOut: "Sign in",
};

/**
 * A link to the next page, if there is one. With JavaScript, the rows of that page are added to the list when the link is close
 * to the visible area.
 */
export function LoadMore({ list: { next, noun, state, loadMore }, href }: LoadMoreProps) {
  const link = useRef<HTMLAnchorElement>(null);
  const load = useEffectEvent(loadMore);
  const isStopped = state === "failed" || state === "signedOut";

  useEffect(() => {
    if (state !== "idle" || !link.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: "800px" });
    observer.observe(link.current);
    return () => observer.disconnect();
  }, [state, href]);

  // After a failure, tries again when the network is back. Also tries again when the page gets the focus, because the user may
  // have signed in again in another tab.
  useEffect(() => {
    if (!isStopped) return;
    const retry = () => load();
    window.addEventListener("online", retry);
    window.addEventListener("focus", retry);
    return () => {
      window.removeEventListener("online", retry);
      window.removeEventListener("focus", retry);
    };
  }, [isStopped]);

  if (!next) return null;
  return (
    <div className="flex flex-col items-center gap-2 py-8">
      {isStopped ? (
        <p role="status" className="text-[13px] text-pretty text-muted">
          {state === "signedOut" ? `Sign in to see older ${noun}.` : `Older ${noun} could not be loaded.`}
        </p>
      ) : null}
      {/* For a signed-out user, this is a normal link to the next page, which redirects to sign-in. After sign-in, the user
          returns to the next page. */}
      <a
        ref={link}
        href={href}
        className={buttonClass()}
        aria-busy={state === "loading"}
        onClick={(event) => {
          if (state === "signedOut") return;
          event.preventDefault();
          loadMore();
        }}
      >
        {labels[state]}
      </a>
    </div>
  );
}

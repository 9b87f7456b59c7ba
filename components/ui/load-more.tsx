"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { buttonClass } from "./button";

export type LoadMoreState = "idle" | "loading" | "failed" | "signedOut";

type OlderLinkProps = { things: "images" | "rows"; href: string; state: LoadMoreState; onReach: () => void };

/** How far before the end of the page the next ones are asked for. */
const margin = "800px";

/** The way to what is older: a link to the next page, and with script more on this one as soon as it is near. */
export function LoadMore({ things, href, state, onReach }: OlderLinkProps) {
  const link = useRef<HTMLAnchorElement>(null);
  const reach = useEffectEvent(onReach);
  const isStopped = state === "failed" || state === "signedOut";

  useEffect(() => {
    if (state !== "idle" || !link.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && reach(), { rootMargin: margin });
    observer.observe(link.current);
    return () => observer.disconnect();
  }, [state, href]);

  // The network may be back, or the person signed in in another tab.
  useEffect(() => {
    if (!isStopped) return;
    const again = () => reach();
    window.addEventListener("online", again);
    window.addEventListener("focus", again);
    return () => {
      window.removeEventListener("online", again);
      window.removeEventListener("focus", again);
    };
  }, [isStopped]);

  return (
    <div className="flex flex-col items-center gap-2 py-8">
      {isStopped ? (
        <p role="status" className="text-[13px] text-pretty text-muted">
          The older {things} did not arrive{state === "signedOut" ? ": you are signed out." : "."}
        </p>
      ) : null}
      {/* Whoever is signed out is asked to sign in there, and comes back to it. */}
      <a
        ref={link}
        href={href}
        className={buttonClass()}
        aria-busy={state === "loading"}
        onClick={(event) => {
          if (state === "signedOut") return;
          event.preventDefault();
          onReach();
        }}
      >
        {words[state]}
      </a>
    </div>
  );
}

const words: Record<LoadMoreState, string> = {
  idle: "Older",
  loading: "Loading…",
  failed: "Try again",
  signedOut: "Sign in",
};

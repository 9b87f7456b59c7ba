"use client";

import { useEffect, useEffectEvent, useRef } from "react";
import { buttonClass } from "./button";

export type OlderState = "idle" | "loading" | "failed";

type OlderLinkProps = { things: "pictures" | "rows"; href: string; state: OlderState; onReach: () => void };

/** How far before the end of the page the next ones are asked for. */
const margin = "800px";

/** The way to what is older: a link to the next page, and with script more on this one as soon as it is near. */
export function OlderLink({ things, href, state, onReach }: OlderLinkProps) {
  const link = useRef<HTMLAnchorElement>(null);
  const reach = useEffectEvent(onReach);

  useEffect(() => {
    if (state !== "idle" || !link.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && reach(), { rootMargin: margin });
    observer.observe(link.current);
    return () => observer.disconnect();
  }, [state, href]);

  return (
    <div className="flex flex-col items-center gap-2 py-8">
      {state === "failed" ? <p className="text-[13px] text-muted">The older {things} did not arrive.</p> : null}
      <a
        ref={link}
        href={href}
        className={buttonClass()}
        aria-busy={state === "loading"}
        onClick={(event) => {
          event.preventDefault();
          onReach();
        }}
      >
        {state === "loading" ? "Loading…" : state === "failed" ? "Try again" : "Older"}
      </a>
    </div>
  );
}

"use client";

import { useSyncExternalStore } from "react";

type Message = { id: number; text: string };

const kept = 5;
const none: Message[] = [];
const watchers = new Set<() => void>();
let messages = none;
let count = 0;

/** Says `text` to screen readers once they are done with what they are saying. */
export function announce(text: string) {
  count += 1;
  // A new element each time, so that the same words twice are said twice.
  messages = [...messages, { id: count, text }].slice(-kept);
  for (const watcher of watchers) watcher();
}

/** Where announcements appear. The root layout has one, and so has every open dialog. */
export function LiveRegion() {
  const shown = useSyncExternalStore(
    watch,
    () => messages,
    () => none,
  );
  return (
    <div role="status" aria-live="polite" aria-relevant="additions" aria-atomic="false" className="sr-only">
      {shown.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}

function watch(watcher: () => void) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

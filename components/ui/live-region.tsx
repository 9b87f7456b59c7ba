"use client";

import { createStore, useStore } from "./create-store";

type Message = { id: number; text: string };

const none: Message[] = [];
const maxMessages = 5;
const messages = createStore(none);
let count = 0;

/** Says `text` to screen readers once they are done with what they are saying. */
export function announce(text: string) {
  count += 1;
  // A new element each time, so that the same words twice are said twice.
  messages.set([...messages.get(), { id: count, text }].slice(-maxMessages));
}

/** Where announcements appear. The root layout has one, and so has every open dialog. */
export function LiveRegion() {
  const shown = useStore(messages, (all) => all, none);
  return (
    <div role="status" aria-live="polite" aria-relevant="additions" aria-atomic="false" className="sr-only">
      {shown.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}

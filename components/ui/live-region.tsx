"use client";

import { createStore, useStore } from "./create-store";

type Message = { id: number; text: string };

const none: Message[] = [];
const maxMessages = 5;
const messages = createStore(none);
let count = 0;

/** Makes screen readers read `text` aloud, after they have finished the current sentence. */
export function announce(text: string) {
  count += 1;
  // A new id creates a new element, so that a repeated text is read again.
  messages.set([...messages.get(), { id: count, text }].slice(-maxMessages));
}

/** Contains the texts that screen readers announce. The root layout and every open dialog render it. */
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

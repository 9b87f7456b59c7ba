import type { MouseEvent } from "react";

/** A link that opens in the page: plain clicks call `open`, those for a new tab or window stay the browser's. */
export function openInPlace(event: MouseEvent, open: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open();
}

import type { SyntheticEvent } from "react";

/** A wrong setting inside closed details cannot take the focus, and the browser would then say nothing at all. */
export function openDetailsAround({ target }: SyntheticEvent) {
  const details = target instanceof Element ? target.closest("details") : null;
  if (details) details.open = true;
}

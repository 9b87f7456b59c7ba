import { isEntryAdded, openItem } from "./open-in-address";

/**
 * Closes what is open, by going back where Back leads to the page without it: so that no Back shows the same page again.
 * `then` is what comes after, another page maybe: while the browser goes back, Next's router goes nowhere.
 */
export function closeItem(then?: () => void) {
  const goesBack = isEntryAdded() || isOverPage();
  openItem(null, goesBack);
  if (!then) return;
  if (goesBack) window.addEventListener("popstate", then, { once: true });
  else then();
}

/** As the browser knows it, also after a reload. Where it does not tell, there may be a Back that shows nothing new. */
function isOverPage() {
  if (!("navigation" in window)) return false;
  const { currentEntry } = navigation;
  const before = currentEntry && navigation.entries()[currentEntry.index - 1]?.url;
  if (!before || new URL(before).searchParams.has("image")) return false;
  return withoutOpenItem(before) === withoutOpenItem(window.location.href);
}

function withoutOpenItem(address: string) {
  const url = new URL(address);
  url.searchParams.delete("image");
  return url.href;
}

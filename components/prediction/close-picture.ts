import { isEntryAdded, openPicture } from "./open-picture";

/**
 * Closes what is open, by going back where Back leads to the page without it: so that no Back shows the same page again.
 * `then` is what comes after, another page maybe: while the browser goes back, Next's router goes nowhere.
 */
export function closePicture(then?: () => void) {
  const goesBack = isEntryAdded() || isOverPage();
  openPicture(null, goesBack);
  if (!then) return;
  if (goesBack) window.addEventListener("popstate", then, { once: true });
  else then();
}

/** As the browser knows it, also after a reload. Where it does not tell, there may be a Back that shows nothing new. */
function isOverPage() {
  if (!("navigation" in window)) return false;
  const { currentEntry } = navigation;
  const before = currentEntry && navigation.entries()[currentEntry.index - 1]?.url;
  if (!before || new URL(before).searchParams.has("picture")) return false;
  return withoutPicture(before) === withoutPicture(window.location.href);
}

function withoutPicture(address: string) {
  const url = new URL(address);
  url.searchParams.delete("picture");
  return url.href;
}

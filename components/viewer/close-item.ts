import { addressWith, openItemState } from "@/components/media/open-item";

/**
 * Closes the open image. If the previous entry of the browser history is this page without the image, goes back to that entry, so
 * that the history does not have the same page twice in a row. `then` may open another page. `then` runs only after the browser
 * has gone back, because Next's router would not open the page earlier.
 */
export function closeItem(then?: () => void) {
  const goesBack = openItemState.get().isEntryAdded || isPreviousEntryClosed();
  if (goesBack) window.history.back();
  else window.history.replaceState(null, "", addressWith(null));
  openItemState.set({ key: null, isEntryAdded: false });
  if (then && goesBack) window.addEventListener("popstate", then, { once: true });
  else then?.();
}

/** Whether the previous entry is the same page without the image. False in browsers without the Navigation API. */
function isPreviousEntryClosed() {
  if (!("navigation" in window)) return false;
  const { currentEntry } = navigation;
  const previous = currentEntry && navigation.entries()[currentEntry.index - 1]?.url;
  if (!previous || new URL(previous).searchParams.has("image")) return false;
  return addressWith(null, previous) === addressWith(null);
}

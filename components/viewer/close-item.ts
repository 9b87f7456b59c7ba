import { addressWith, openItemState } from "@/components/media/open-item";

/**
 * Closes the open image. If the previous history entry is this page without the image, goes back to that entry, so that the
 * history never has the same page twice in a row. `then` may navigate. It runs only after the browser has gone back, because Next's
 * router would ignore a navigation before that.
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

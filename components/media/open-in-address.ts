import { type ComponentType, type MouseEvent, useCallback, useEffect, useState } from "react";
import { createStore, useStore } from "@/components/ui/create-store";
import type { MediaItem } from "./item";

// Read from the address only when the browser moves: while Next is busy it writes older addresses.
const openKey = createStore<string | null>(null, () => {
  readAddress();
  window.addEventListener("popstate", readAddress);
  return () => {
    window.removeEventListener("popstate", readAddress);
    // The next page has an address of its own.
    openKey.set(null);
  };
});
/** Whether the browser's history holds, right before this entry, the page without the open image. */
let isEntryAdded = false;

function readAddress() {
  isEntryAdded = false;
  openKey.set(new URL(window.location.href).searchParams.get("image"));
}

/** The key of the open image. It is in the address: Back closes the image, Forward and a reload open it again. */
export function useOpenItem() {
  return useStore(openKey, (key) => key, null);
}

/** Opens an image, or shows another one in its place. */
export function openItem(key: string) {
  const isOpen = openKey.get() !== null;
  if (isOpen) window.history.replaceState(null, "", addressWith(key));
  else window.history.pushState(null, "", addressWith(key));
  isEntryAdded ||= !isOpen;
  openKey.set(key);
}

/**
 * Closes the open image. It goes back where Back leads to the page without the image, so that no Back shows the same page
 * twice. `then` runs afterwards and may lead to another page: while the browser goes back, Next's router does nothing.
 */
export function closeItem(then?: () => void) {
  const goesBack = isEntryAdded || isPreviousEntryClosed();
  if (goesBack) window.history.back();
  else window.history.replaceState(null, "", addressWith(null));
  isEntryAdded = false;
  openKey.set(null);
  if (then && goesBack) window.addEventListener("popstate", then, { once: true });
  else then?.();
}

/** Whether the previous entry is the same page without the image, also after a reload. False in browsers that do not say. */
function isPreviousEntryClosed() {
  if (!("navigation" in window)) return false;
  const { currentEntry } = navigation;
  const previous = currentEntry && navigation.entries()[currentEntry.index - 1]?.url;
  if (!previous || new URL(previous).searchParams.has("image")) return false;
  return addressWith(null, previous) === addressWith(null);
}

function addressWith(key: string | null, page = window.location.href) {
  const address = new URL(page);
  if (key === null) address.searchParams.delete("image");
  else address.searchParams.set("image", key);
  return address.href;
}

/** Makes a link open in the page. Clicks that ask for a new tab or window are left to the browser. */
export function openInPlace(event: MouseEvent, open: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open();
}

/** Which image is open, and the viewer for it: `load`, always the same function, fetches it when the first image is opened. */
export function useViewer<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Viewer, setViewer] = useState<ComponentType<Props> | null>(null);
  const opened = useOpenItem();
  const isMissing = opened !== null && Viewer === null;

  const open = useCallback(
    ({ key, src }: MediaItem) => {
      load().then(
        (loaded) => {
          setViewer(() => loaded);
          openItem(key);
        },
        // The viewer cannot be loaded: show the file, as the link does without script.
        () => window.open(src, "_self"),
      );
    },
    [load],
  );

  // For an image that the address names when the page is loaded.
  useEffect(() => {
    if (!isMissing) return;
    load().then(
      (loaded) => setViewer(() => loaded),
      () => {},
    );
  }, [isMissing, load]);

  return { Viewer, opened, open };
}

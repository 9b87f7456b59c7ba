import { type ComponentType, type MouseEvent, useCallback, useEffect, useState } from "react";
import { createStore, useStore } from "@/components/ui/create-store";
import type { MediaItem } from "./media-item";

// The key of the open image is read from the URL only when the page opens, and after Back or Forward. At other times, Next.js
// may have replaced the URL with an older URL, which names another image or none.
export const openItemState = createStore<OpenItem>({ key: null, isEntryAdded: false }, () => {
  readAddress();
  window.addEventListener("popstate", readAddress);
  return () => {
    window.removeEventListener("popstate", readAddress);
    // The image that is open on this page must not be open on the next page, which reads its own URL.
    openItemState.set({ key: null, isEntryAdded: false });
  };
});

type OpenItem = {
  key: string | null;
  /** True if opening the image has added an entry to the browser history. False if the image was already in the URL. */
  isEntryAdded: boolean;
};

function readAddress() {
  openItemState.set({ key: new URL(window.location.href).searchParams.get("image"), isEntryAdded: false });
}

/** Returns the key of the open image. It is in the URL, so that Back closes the image, and Forward or a reload opens it again. */
export function useOpenItem() {
  return useStore(openItemState, ({ key }) => key, null);
}

/** Opens an image, or replaces the open image. */
export function openItem(key: string) {
  const { key: openKey, isEntryAdded } = openItemState.get();
  if (openKey === null) window.history.pushState(null, "", addressWith(key));
  else window.history.replaceState(null, "", addressWith(key));
  openItemState.set({ key, isEntryAdded: isEntryAdded || openKey === null });
}

/** Returns the URL of a page on which the image with this key is open. If the key is null, no image is open. */
export function addressWith(key: string | null, page = window.location.href) {
  const address = new URL(page);
  if (key === null) address.searchParams.delete("image");
  else address.searchParams.set("image", key);
  return address.href;
}

/**
 * Calls `open` on a plain click on a link. Leaves clicks with Cmd, Ctrl or Shift to the browser, which opens a new tab or window.
 */
export function openOnPlainClick(event: MouseEvent, open: () => void) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open();
}

/**
 * Returns the viewer of a page, and a function that opens an image in it. The viewer is loaded when the first image is opened.
 * `load` must always be the same function.
 */
export function useItemViewer<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Viewer, setViewer] = useState<ComponentType<Props> | null>(null);
  const isMissing = useOpenItem() !== null && Viewer === null;

  const prepare = useCallback(() => load().then((loaded) => setViewer(() => loaded)), [load]);

  const open = useCallback(
    ({ key, src }: MediaItem) => {
      // If the viewer cannot be loaded, the browser opens the file without the viewer.
      prepare().then(
        () => openItem(key),
        () => window.open(src, "_self"),
      );
    },
    [prepare],
  );

  // If the URL already names an image when the page is loaded, the viewer is loaded immediately.
  useEffect(() => {
    if (isMissing) prepare().catch(() => {});
  }, [isMissing, prepare]);

  return { Viewer, open };
}

import { type ComponentType, type MouseEvent, useCallback, useEffect, useState } from "react";
import { createStore, useStore } from "@/components/ui/create-store";
import type { MediaItem } from "./media-item";

// Read from the address only when the browser moves: while Next is busy it writes older addresses.
export const openItemState = createStore<OpenItem>({ key: null, isEntryAdded: false }, () => {
  readAddress();
  window.addEventListener("popstate", readAddress);
  return () => {
    window.removeEventListener("popstate", readAddress);
    // The next page has an address of its own.
    openItemState.set({ key: null, isEntryAdded: false });
  };
});

type OpenItem = {
  key: string | null;
  /** Whether opening the image has added an entry to the browser's history since the page was loaded. */
  isEntryAdded: boolean;
};

function readAddress() {
  openItemState.set({ key: new URL(window.location.href).searchParams.get("image"), isEntryAdded: false });
}

/** The key of the open image. It is in the address: Back closes the image, Forward and a reload open it again. */
export function useOpenItem() {
  return useStore(openItemState, ({ key }) => key, null);
}

/** Opens an image, or shows another one in its place. */
export function openItem(key: string) {
  const { key: openKey, isEntryAdded } = openItemState.get();
  if (openKey === null) window.history.pushState(null, "", addressWith(key));
  else window.history.replaceState(null, "", addressWith(key));
  openItemState.set({ key, isEntryAdded: isEntryAdded || openKey === null });
}

/** The address of a page with another open image, or with none. */
export function addressWith(key: string | null, page = window.location.href) {
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

/** The viewer of a page, which `load`, always the same function, fetches when the first image is opened. */
export function useViewer<Props>(load: () => Promise<ComponentType<Props>>) {
  const [Viewer, setViewer] = useState<ComponentType<Props> | null>(null);
  const isMissing = useOpenItem() !== null && Viewer === null;

  const prepare = useCallback(() => load().then((loaded) => setViewer(() => loaded)), [load]);

  const open = useCallback(
    ({ key, src }: MediaItem) => {
      // Without the viewer the file is shown, as the link does without script.
      prepare().then(
        () => openItem(key),
        () => window.open(src, "_self"),
      );
    },
    [prepare],
  );

  // For an image that the address names when the page is loaded.
  useEffect(() => {
    if (isMissing) prepare().catch(() => {});
  }, [isMissing, prepare]);

  return { Viewer, open };
}

import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let opened: string | null = null;
/** Whether the entry before this one in the browser's history is the page without the image. */
let isAdded = false;

/** The key of the image that is open, which the address names: Back closes it, Forward and a reload open it again. */
export function useOpenItem() {
  return useSyncExternalStore(
    watch,
    () => opened,
    () => null,
  );
}

/** Opens an image, goes on to another one, or closes it (null), by going back where that leads to the page without it. */
export function openItem(key: string | null, goesBack = isAdded) {
  if (key === null && goesBack) window.history.back();
  else if (key === null || opened !== null) window.history.replaceState(null, "", addressWith(key));
  else window.history.pushState(null, "", addressWith(key));
  isAdded = key !== null && (isAdded || opened === null);
  tell(key);
}

/** Whether opening the image has added an entry to the browser's history, since the page was loaded. */
export function isEntryAdded() {
  return isAdded;
}

function addressWith(key: string | null) {
  const address = new URL(window.location.href);
  if (key === null) address.searchParams.delete("image");
  else address.searchParams.set("image", key);
  return address.href;
}

function tell(key: string | null) {
  // Read from the address only when the browser moves: Next writes older ones into it while it is busy.
  opened = key;
  for (const watcher of watchers) watcher();
}

function readAddress() {
  isAdded = false;
  tell(new URL(window.location.href).searchParams.get("image"));
}

function watch(watcher: () => void) {
  watchers.add(watcher);
  readAddress();
  window.addEventListener("popstate", readAddress);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener("popstate", readAddress);
    // Another page has an address of its own.
    opened = null;
  };
}

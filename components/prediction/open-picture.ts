import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let opened: string | null = null;
/** Whether the entry before this one in the browser's history is the page without the picture. */
let isAdded = false;

/** The key of the picture that is open, which the address names: Back closes it, Forward and a reload open it again. */
export function useOpenedPicture() {
  return useSyncExternalStore(
    watch,
    () => opened,
    () => null,
  );
}

/** Opens a picture, goes on to another one, or closes it (null), as one would expect of Back. */
export function openPicture(key: string | null) {
  if (key === null && isAdded) window.history.back();
  else if (key === null || opened !== null) window.history.replaceState(null, "", addressWith(key));
  else window.history.pushState(null, "", addressWith(key));
  isAdded = key !== null && (isAdded || opened === null);
  tell(key);
}

/** Closes it and goes on with `then`, which may lead to another page: while the browser goes back, Next's router goes nowhere. */
export function leavePicture(then: () => void) {
  const goesBack = isAdded;
  openPicture(null);
  if (goesBack) window.addEventListener("popstate", then, { once: true });
  else then();
}

function addressWith(key: string | null, from = window.location.href) {
  const address = new URL(from);
  if (key === null) address.searchParams.delete("picture");
  else address.searchParams.set("picture", key);
  return address.href;
}

function tell(key: string | null) {
  // Read from the address only when the browser moves: Next writes older ones into it while it is busy.
  opened = key;
  for (const watcher of watchers) watcher();
}

function readAddress() {
  isAdded = isOverPage();
  tell(keyIn(window.location.href));
}

function keyIn(address: string) {
  return new URL(address).searchParams.get("picture");
}

/** Where the browser does not tell, after a reload Back may lead to what is shown already. */
function isOverPage() {
  if (!("navigation" in window)) return false;
  const { currentEntry } = navigation;
  const before = currentEntry && navigation.entries()[currentEntry.index - 1]?.url;
  return before ? keyIn(before) === null && addressWith(null, before) === addressWith(null) : false;
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

"use client";
// Lazy boundary: what every page of the studio can do without at first is fetched after the page.

import { lazyAfterLoad } from "@/components/ui/lazy-after-load";

export const GlobalEffects = lazyAfterLoad(() => import("./global-effects").then((file) => file.GlobalEffects));

/** Opens the list of keyboard shortcuts. */
export const ShortcutsItem = lazyAfterLoad(() => import("./shortcut-keys").then((file) => file.ShortcutsItem));

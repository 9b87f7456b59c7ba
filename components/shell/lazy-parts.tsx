"use client";
// The parts of every studio page that are not needed at first. They are loaded after the page.

import { lazyAfterLoad } from "@/components/ui/lazy-after-load";

export const GlobalEffects = lazyAfterLoad(() => import("./global-effects").then((file) => file.GlobalEffects));

export const ShortcutsItem = lazyAfterLoad(() => import("./shortcut-keys").then((file) => file.ShortcutsItem));

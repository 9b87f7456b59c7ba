"use client";
// The parts of every studio page that are not needed at first. They are loaded after the page.

import { lazyAfterLoad } from "@/components/ui/lazy-after-load";

export const StudioBackground = lazyAfterLoad(() =>
  import("./studio-background").then((file) => file.StudioBackground),
);

export const ShortcutsItem = lazyAfterLoad(() => import("./shortcut-keys").then((file) => file.ShortcutsItem));

"use client";

import { later } from "@/components/ui/lazy-after-load";

/** The way to the list of the studio's keys; without script there is none. */
export const ShortcutsItem = later(() => import("./shortcut-keys").then((file) => file.ShortcutsItem));

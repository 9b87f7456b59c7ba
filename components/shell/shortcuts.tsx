"use client";

import { later } from "@/components/ui/later";

/** The studio's keys, wherever one is in it. */
export const Shortcuts = later(() => import("./shortcut-keys").then((file) => file.ShortcutKeys));

/** The way to their list; without script there is none. */
export const ShortcutsItem = later(() => import("./shortcut-keys").then((file) => file.ShortcutsItem));

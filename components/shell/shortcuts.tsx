"use client";

import { later } from "@/components/ui/later";

/** The studio's keys, wherever one is in it. */
export const Shortcuts = later(() => import("./shortcut-keys").then((file) => file.ShortcutKeys));

"use client";

import { later } from "@/components/ui/lazy-after-load";

export const LazyGlobalEffects = later(() => import("./global-effects").then((file) => file.GlobalEffects));

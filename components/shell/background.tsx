"use client";

import { later } from "@/components/ui/later";

export const Background = later(() => import("./in-background").then((file) => file.InBackground));

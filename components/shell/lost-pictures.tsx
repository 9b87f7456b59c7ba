"use client";

import { later } from "@/components/ui/later";

export const LostPictures = later(() => import("./fetch-lost-pictures").then((file) => file.FetchLostPictures));

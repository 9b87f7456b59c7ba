"use server";

import { notFound } from "next/navigation";
import { z } from "zod";
import { getUser } from "@/lib/auth";
import { getMedia, listMedia } from "@/lib/media/queries";
import { GalleryFilter } from "@/lib/media/schema";
import { isHasty } from "@/lib/limits/reads";

const Id = z.string().max(100).catch("");
const Page = z.object({ cursor: z.string().max(500), filter: GalleryFilter });

/** The next page of the signed-in person's images; null for nobody, who stays on the page. */
export async function loadOlder(page: z.infer<typeof Page>) {
  const user = await getUser();
  if (!user) return null;
  if (isHasty(user.id, "gallery")) notFound();
  // Whoever calls it can send anything.
  return listMedia(user.id, Page.safeParse(page).data ?? notFound());
}

/** The signed-in person's image of this id, none when they have none; null for nobody. */
export async function findItem(id: string) {
  const user = await getUser();
  if (!user) return null;
  if (isHasty(user.id, "gallery")) notFound();
  const image = await getMedia(user.id, Id.parse(id));
  return image ? [image] : [];
}

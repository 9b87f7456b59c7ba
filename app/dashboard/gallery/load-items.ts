"use server";

import { notFound } from "next/navigation";
import { z } from "zod";
import { getUser } from "@/lib/auth";
import { getMedia, listMedia } from "@/lib/media/queries";
import { GalleryFilter } from "@/lib/media/schema";
import { exceedsReadLimit } from "@/lib/limits/request-limits";

const Id = z.string().max(100).catch("");
const Page = z.object({ cursor: z.string().max(500), filter: GalleryFilter });

/**
 * Returns the next page of the user's files. Returns null for a signed-out user, because a redirect would close the open page.
 */
export async function loadOlder(page: z.infer<typeof Page>) {
  const user = await getUser();
  if (!user) return null;
  if (exceedsReadLimit(user.id, "gallery")) notFound();
  // Anyone can call a server action with any arguments, so the arguments are checked here.
  return listMedia(user.id, Page.safeParse(page).data ?? notFound());
}

/** Returns a list with the user's file of this id, or an empty list if there is none. Returns null for a signed-out user. */
export async function findItem(id: string) {
  const user = await getUser();
  if (!user) return null;
  if (exceedsReadLimit(user.id, "gallery")) notFound();
  const image = await getMedia(Id.parse(id));
  return image ? [image] : [];
}

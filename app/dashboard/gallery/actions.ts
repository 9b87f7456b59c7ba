"use server";

import { notFound } from "next/navigation";
import { z } from "zod";
import { requirePageUser } from "@/lib/auth";
import { listImages } from "@/lib/images/queries";
import { GalleryFilter } from "@/lib/images/schema";

const Page = z.object({ cursor: z.string().max(500), filter: GalleryFilter });

/** The next page of the signed-in person's pictures. */
export async function loadOlder(page: z.infer<typeof Page>) {
  const user = await requirePageUser("/dashboard/gallery");
  // Whoever calls it can send anything.
  return listImages(user.id, Page.safeParse(page).data ?? notFound());
}

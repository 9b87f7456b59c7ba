"use server";

import { notFound } from "next/navigation";
import { z } from "zod";
import { getUser } from "@/lib/auth";
import { exceedsReadLimit } from "@/lib/limits/request-limits";
import { listPredictions } from "@/lib/predictions/queries";
import { HistoryFilter } from "@/lib/history/schema";

const Page = z.object({ cursor: z.string().max(500), filter: HistoryFilter });

/** Returns the next page of the user's predictions, or null when the user is signed out, so that the page stays open. */
export async function loadOlder(page: z.infer<typeof Page>) {
  const user = await getUser();
  if (!user) return null;
  if (exceedsReadLimit(user.id, "history")) notFound();
  // A server action can be called with any arguments.
  return listPredictions(user.id, Page.safeParse(page).data ?? notFound());
}

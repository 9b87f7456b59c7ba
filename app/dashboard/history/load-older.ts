"use server";

import { notFound } from "next/navigation";
import { z } from "zod";
import { getUser } from "@/lib/auth";
import { exceedsReadLimit } from "@/lib/limits/request-limits";
import { listPredictions } from "@/lib/predictions/queries";
import { HistoryFilter } from "@/lib/history/schema";

const Page = z.object({ cursor: z.string().max(500), filter: HistoryFilter });

/**
 * Returns the next page of the user's predictions. Returns null for a signed-out user, because a redirect would close the open
 * page.
 */
export async function loadOlder(page: z.infer<typeof Page>) {
  const user = await getUser();
  if (!user) return null;
  if (exceedsReadLimit(user.id, "history")) notFound();
  // Anyone can call a server action with any arguments, so the arguments are checked here.
  return listPredictions(user.id, Page.safeParse(page).data ?? notFound());
}

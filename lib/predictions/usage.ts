import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";
import type { Usage } from "./schema";

const Today = z.object({
  used: z.int(),
  total_used: z.int(),
  in_flight: z.int(),
  is_new: z.boolean(),
  resets_at: z.iso.datetime(),
});

/** What this person has used of today and may still make, which is never more than the day still holds for everybody. */
export async function usageOf(userId: string): Promise<Usage> {
  const today = Today.parse(unwrap(await adminClient().rpc("usage_today", { p_user: userId })));
  const { DAILY_IMAGES_TOTAL: total } = env();
  const ofAll = total === null ? Infinity : total - today.total_used;
  const limit = today.is_new ? env().DAILY_IMAGES_PER_NEW_USER : env().DAILY_IMAGES_PER_USER;
  return {
    images: { limit, used: today.used, left: Math.max(0, Math.min(limit - today.used, ofAll)) },
    in_flight: { limit: env().MAX_IN_FLIGHT_PER_USER, used: today.in_flight },
    resets_at: today.resets_at,
  };
}

import "server-only";
import { z } from "zod";
import { getRunLimits } from "@/lib/limits/run-limit-errors";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import { type DayTotal, type ModelTotal, Total, type Usage, UserLimits } from "./schema";

const Today = z.object({
  used: z.int(),
  total_used: z.int(),
  usd: z.number(),
  total_usd: z.number(),
  in_flight: z.int(),
  stored_bytes: z.int(),
  total_stored_bytes: z.int(),
  is_new: z.boolean(),
  limits: UserLimits.nullable(),
  resets_at: z.iso.datetime(),
});

const noLimits: UserLimits = { daily_images: null, daily_usd: null, in_flight: null, storage_bytes: null };

const TotalRow = Total.extend({ day: z.iso.date(), model: z.string() });

/** The number of days for which the SQL function `history_totals` returns totals, today included. */
const DAYS = 30;
const DAY = 86_400_000;

/**
 * Returns the limits of a user, how much of each limit is used (of the daily limits: today, in UTC), and how much is left. Never
 * more is left for one user than for all users together.
 */
export async function getUsage(userId: string): Promise<Usage> {
  const today = Today.parse(unwrap(await adminClient().rpc("usage_today", { p_user: userId })));
  const { daily_total, daily_per_new_user, daily_per_user, daily_usd_total, storage_total, ...usual } = getRunLimits();
  // A limit that an administrator has set for the user replaces the general limit, as in start_prediction.
  const { daily_images, daily_usd, in_flight, storage_bytes } = today.limits ?? noLimits;
  const images = daily_images ?? (today.is_new ? daily_per_new_user : daily_per_user);
  const usd = daily_usd ?? usual.daily_usd_per_user;
  const bytes = storage_bytes ?? usual.storage_per_user;
  return {
    images: withLeft(images, today.used, daily_total, today.total_used),
    usd: withLeft(usd, today.usd, daily_usd_total, today.total_usd),
    stored_bytes: withLeft(bytes, today.stored_bytes, storage_total, today.total_stored_bytes),
    in_flight: { limit: in_flight ?? usual.in_flight, used: today.in_flight },
    resets_at: today.resets_at,
  };
}

/**
 * Returns a limit of a user, how much of it is used, and how much is left. If less is left for all users together, `left` is that
 * smaller number. If `totalLimit` is null, there is no limit for all users together.
 */
function withLeft(limit: number, used: number, totalLimit: number | null, totalUsed: number) {
  const totalLeft = totalLimit === null ? Infinity : totalLimit - totalUsed;
  return { limit, used, left: Math.max(0, Math.min(limit - used, totalLeft)) };
}

/**
 * Returns the totals of the signed-in user for the last 30 days (UTC): the totals of each day, oldest first, and the totals of
 * each model, most images first.
 */
export async function getHistoryTotals(): Promise<{ days: DayTotal[]; models: ModelTotal[] }> {
  const supabase = await createUserClient();
  const rows = z.array(TotalRow).parse(unwrap(await supabase.rpc("history_totals")));
  const daysAgo = Array.from({ length: DAYS }, (_, index) => DAYS - 1 - index);
  const days = daysAgo.map((count) => new Date(Date.now() - count * DAY).toISOString().slice(0, 10));
  const models = [...new Set(rows.map(({ model }) => model))];
  return {
    days: days.map((day) => ({ day, ...sum(rows.filter((row) => row.day === day)) })),
    models: models
      .map((model) => ({ model, ...sum(rows.filter((row) => row.model === model)) }))
      .toSorted((a, b) => b.images - a.images || b.predictions - a.predictions),
  };
}

function sum(rows: Total[]): Total {
  const add = (key: keyof Total) => rows.reduce((total, row) => total + row[key], 0);
  return {
    predictions: add("predictions"),
    failed: add("failed"),
    images: add("images"),
    seconds: add("seconds"),
    usd: add("usd"),
  };
}

import { z } from "zod";
import { GalleryFilter } from "@/lib/media/schema";

/** Today's usage and limits, as in GET /api/usage. */
export type Usage = {
  images: { limit: number; used: number; left: number };
  usd: { limit: number; used: number; left: number };
  stored_bytes: { limit: number; used: number; left: number };
  in_flight: { limit: number; used: number };
  resets_at: string;
};

/** The limits that an administrator has set for a user. Null: the limit of the settings applies. */
export const UserLimits = z.object({
  daily_images: z.int().nullable(),
  daily_usd: z.number().nullable(),
  in_flight: z.int().nullable(),
  storage_bytes: z.int().nullable(),
});
export type UserLimits = z.infer<typeof UserLimits>;

/**
 * Totals of a day or of a model. `predictions`: all predictions. `failed`: those with the `outcome` `failed`. `images`: the
 * saved images, also if they were deleted later. `seconds`: the run time of the models. `usd`: the sum of the costs that are
 * known.
 */
export const Total = z.object({
  predictions: z.int(),
  failed: z.int(),
  images: z.int(),
  seconds: z.number(),
  usd: z.number(),
});
export type Total = z.infer<typeof Total>;
export type DayTotal = Total & { day: string };
export type ModelTotal = Total & { model: string };

/** The filter of the history page. Its values come from the page's URL, so invalid values are ignored. */
export const HistoryFilter = z.object({
  /** The value that the column `outcome` must have. */
  status: z.enum(["running", "saved", "failed", "canceled"]).optional().catch(undefined),
  ...GalleryFilter.pick({ model: true, from: true, to: true }).shape,
});
export type HistoryFilter = z.infer<typeof HistoryFilter>;

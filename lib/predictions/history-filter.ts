import { z } from "zod";
import { GalleryFilter } from "@/lib/media/schema";

/** The filter of the history page. Comes from the URL, so invalid values are ignored. */
export const HistoryFilter = z.object({
  /** The values of the column `outcome`. */
  status: z.enum(["running", "saved", "failed", "canceled"]).optional().catch(undefined),
  ...GalleryFilter.pick({ model: true, from: true, to: true }).shape,
});
export type HistoryFilter = z.infer<typeof HistoryFilter>;

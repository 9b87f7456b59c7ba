import type { MediaItem } from "@/components/media/item";
import { upscaleBy } from "@/components/jobs/tool-requests";

/**
 * Pixels of what can be kept for sure. Files may have 25 million pixels and 25 MB, and a detailed PNG takes about 1.6 bytes
 * for each.
 */
const most = 16_000_000;

/** Why an image is not made larger, in words; null: it can be. */
export function whyNotUpscale({ width, height }: Pick<MediaItem, "width" | "height">): string | null {
  if (!width || !height || width * height * upscaleBy ** 2 <= most) return null;
  return `Too large to upscale: with ${width * upscaleBy} × ${height * upscaleBy} pixels it could not be kept.`;
}

/** What is to be feared of an image made `by` times as wide and high, and what fits, in words; null: nothing. */
export function warnOfScale(width: number, height: number, by: number): string | null {
  const largest = Math.floor(10 * Math.sqrt(most / (width * height))) / 10;
  if (by <= largest) return null;
  const size = `${Math.round(width * by)} × ${Math.round(height * by)}`;
  const instead = largest > 1 ? `${largest} times as large fits.` : "Choose a smaller image.";
  return `With ${size} pixels the result may be too large to be kept. ${instead}`;
}

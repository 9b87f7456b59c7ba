// The browser and the server reduce images to the same limits, so both load this file.
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from "@/lib/limits/default-limits";

/**
 * The longest sides (px) to which an image that is too large is reduced: to the first one, then to the next, until the file is
 * small enough.
 */
export const FIT_SIDES = [MAX_IMAGE_SIDE, 3072, 2048, 1024];

/** The error for an animation that is too large. The app cannot reduce animations. */
export const ANIMATION_TOO_LARGE = `An animated image may have at most ${MAX_IMAGE_SIDE} × ${MAX_IMAGE_SIDE} px and ${MAX_IMAGE_BYTES / 1_000_000} MB.`;

/**
 * Whether an image of this many bytes and pixels is within the limits. A side whose length is unknown is treated as small enough.
 */
export function isSmallEnough(bytes: number, width: number | null, height: number | null): boolean {
  return bytes <= MAX_IMAGE_BYTES && Math.max(width ?? 0, height ?? 0) <= MAX_IMAGE_SIDE;
}

// The browser and the server make images fit within the same limits.
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from "@/lib/limits/default-limits";

/** The longest sides (px) that are tried until the file is small enough. */
export const FIT_SIDES = [MAX_IMAGE_SIDE, 3072, 2048, 1024];

/** Says why an animation is refused: it cannot be reduced. */
export const ANIMATION_TOO_LARGE = `An animated image may have at most ${MAX_IMAGE_SIDE} × ${MAX_IMAGE_SIDE} px and ${MAX_IMAGE_BYTES / 1_000_000} MB.`;

/** Whether an image of this many bytes and pixels is within the limits. An unknown side is. */
export function isSmallEnough(bytes: number, width: number | null, height: number | null): boolean {
  return bytes <= MAX_IMAGE_BYTES && Math.max(width ?? 0, height ?? 0) <= MAX_IMAGE_SIDE;
}

import { readText } from "../plan.ts";

type Size = { width: number; height: number };

/** Width divided by height, for each `aspect_ratio` that is a word. Some models use words instead of a ratio such as 16:9. */
const NAMED_RATIOS: Record<string, number> = { landscape: 16 / 9, portrait: 9 / 16 };

/** Returns width divided by height, from the input `aspect_ratio`. Returns undefined if the input has no ratio. */
export function readRatio(input: Record<string, unknown>): number | undefined {
  const text = readText(input, "aspect_ratio");
  const [, width, height] = /^(\d+):(\d+)$/.exec(text) ?? [];
  return width && height ? Number(width) / Number(height) : NAMED_RATIOS[text];
}

/**
 * Returns the size of a video in px: half of the width and height that the input asks for, so that the video is made quickly.
 * Width and height are even, because H.264 requires this.
 */
export function videoSize(input: Record<string, unknown>, image: Size | null): Size {
  const ratio = readRatio(input) ?? (image ? image.width / image.height : 16 / 9);
  const lines = Number(/^(\d+)p$/.exec(readText(input, "resolution"))?.[1] ?? 720);
  const even = (length: number) => Math.max(2, Math.round(length / 2) * 2);
  const short = lines / 2;
  return ratio > 1
    ? { width: even(short * Math.min(ratio, 3)), height: even(short) }
    : { width: even(short), height: even(short / Math.max(ratio, 1 / 3)) };
}

/** The number of pixels in a megapixel. An image has one megapixel if the input does not choose a size. */
const MEGAPIXEL = 1024 * 1024;
const MAX_SIDE = 4096;

/**
 * Returns the number of pixels that the input asks for. The input is a text: `2K`, `2 MP`, or only a number of megapixels, such as
 * `0.25`.
 */
function readPixels(input: Record<string, unknown>): number {
  const text = ["size", "resolution", "image_size", "megapixels", "output_megapixels"]
    .map((name) => readText(input, name))
    .join(" ");
  const [, thousands] = /\b([2-4])K\b/.exec(text) ?? [];
  if (thousands) return (Number(thousands) * 1024) ** 2;
  const [, millions] = /(?:^|\s)(\d+(?:\.\d+)?)(?: MP)?(?:\s|$)/.exec(text) ?? [];
  return Number(millions ?? 1) * MEGAPIXEL;
}

/**
 * Returns the size in px of a result. If `input` has neither a size nor a ratio, the result has the ratio of `image`, or is
 * square if there is no image. Width and height are multiples of 8.
 */
export function imageSize(input: Record<string, unknown>, image: Size | null): Size {
  const [, wide, high] =
    /(?:^| )(\d+)x(\d+)(?: |$)/.exec(`${readText(input, "size")} ${readText(input, "resolution")}`) ?? [];
  const width = Number(wide ?? input.width);
  const height = Number(high ?? input.height);
  const ratio = readRatio(input);
  if (width > 0 && height > 0 && ratio === undefined) return limit(width, height);
  const shape = Math.min(4, Math.max(1 / 4, ratio ?? (image ? image.width / image.height : 1)));
  const pixels = readPixels(input);
  return limit(Math.sqrt(pixels * shape), Math.sqrt(pixels / shape));
}

function limit(width: number, height: number): Size {
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const side = (length: number) => Math.max(8, Math.round((length * scale) / 8) * 8);
  return { width: side(width), height: side(height) };
}

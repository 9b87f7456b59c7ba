import { imageCount } from "@/lib/models/image-count";

/** Width divided by height of the images that an input asks for. */
export function ratioOf(input: Record<string, unknown>) {
  const { width, height, aspect_ratio: ratio } = input;
  if (typeof width === "number" && typeof height === "number" && width > 0 && height > 0) return width / height;
  return typeof ratio === "string" ? parseRatio(ratio) : 1;
}

/** "16:9" as a number; 1 for words like "match_input_image". */
export function parseRatio(text: string) {
  const [width, height] = text.split(":").map(Number);
  return width && height && width > 0 && height > 0 ? width / height : 1;
}

/** How many images an input asks for, at most 8. */
export function countOf(input: Record<string, unknown>) {
  return Math.min(imageCount(input), 8);
}

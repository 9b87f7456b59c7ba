/**
 * Returns the requested width divided by the requested height; `fallback` if the input sets neither a size nor an aspect ratio.
 */
export function ratioOf(input: Record<string, unknown>, fallback = 1) {
  const { width, height, aspect_ratio: ratio } = input;
  if (typeof width === "number" && typeof height === "number" && width > 0 && height > 0) return width / height;
  return typeof ratio === "string" ? parseRatio(ratio, fallback) : fallback;
}

/** Converts an aspect ratio such as "16:9" to a number. Returns `fallback` for words such as "match_input_image". */
export function parseRatio(text: string, fallback = 1) {
  const [width, height] = text.split(":").map(Number);
  return width && height && width > 0 && height > 0 ? width / height : fallback;
}

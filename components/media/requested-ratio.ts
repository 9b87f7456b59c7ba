/** The requested width divided by the requested height; `fallback` if the input does not set it. */
export function ratioOf(input: Record<string, unknown>, fallback = 1) {
  const { width, height, aspect_ratio: ratio } = input;
  if (typeof width === "number" && typeof height === "number" && width > 0 && height > 0) return width / height;
  return typeof ratio === "string" ? parseRatio(ratio, fallback) : fallback;
}

/** "16:9" as a number; `fallback` for words like "match_input_image". */
export function parseRatio(text: string, fallback = 1) {
  const [width, height] = text.split(":").map(Number);
  return width && height && width > 0 && height > 0 ? width / height : fallback;
}

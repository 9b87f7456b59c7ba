/** The requested width divided by the requested height. */
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

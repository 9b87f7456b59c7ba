/** The path of a page with what its address says of an image that is open. */
export function withOpenItem(path: string, image: string | string[] | undefined) {
  if (typeof image !== "string") return path;
  return `${path}${path.includes("?") ? "&" : "?"}image=${encodeURIComponent(image)}`;
}

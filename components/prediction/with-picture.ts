/** The path of a page with what its address says of a picture that is open. */
export function withPicture(path: string, picture: string | string[] | undefined) {
  if (typeof picture !== "string") return path;
  return `${path}${path.includes("?") ? "&" : "?"}picture=${encodeURIComponent(picture)}`;
}

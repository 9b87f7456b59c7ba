/** The small image at a path of this app. */
export function thumbOf(path: string) {
  return path.startsWith("/api/media/") ? `${path}?size=thumb` : path;
}

/** The paths in this app of the saved and uploaded media that an input names, in order. */
export function ownMediaIn(input: Record<string, unknown>): string[] {
  const values: unknown[] = Object.values(input).flat();
  return values.filter((value) => typeof value === "string").filter((text) => ownMedia.test(text));
}

const ownMedia = /^\/api\/(media|uploads)\/[\w-]+$/;

/** The path of the small image of a saved one. Uploads have none. */
export function thumbOf(path: string) {
  return path.startsWith("/api/media/") ? `${path}?size=thumb` : path;
}

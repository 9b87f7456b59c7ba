import { parseMediaPath } from "@/lib/media/media-urls";

/** The paths in this app of the saved and uploaded media that an input names, in order. */
export function ownMediaIn(input: Record<string, unknown>): string[] {
  const values: unknown[] = Object.values(input).flat();
  return values.filter((value) => typeof value === "string").filter((text) => parseMediaPath(text) !== null);
}

/** The path of the small image of a saved one. Uploads have none. */
export function thumbOf(path: string) {
  return parseMediaPath(path)?.kind === "media" ? `${path}?size=thumb` : path;
}

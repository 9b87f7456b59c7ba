import { parseMediaPath } from "@/lib/media/media-urls";

/** The paths of the user's saved files and uploads in an input, in order. */
export function ownMediaIn(input: Record<string, unknown>): string[] {
  const values: unknown[] = Object.values(input).flat();
  return values.filter((value) => typeof value === "string").filter((text) => parseMediaPath(text) !== null);
}

/** Returns the path of the thumbnail of a saved file. An upload has no thumbnail, so its own path is returned. */
export function thumbOf(path: string) {
  return parseMediaPath(path)?.kind === "media" ? `${path}?size=thumb` : path;
}

import { parseMediaPath } from "@/lib/media/media-urls";

/** Returns the paths of the saved files and uploads in an input, in the order of the input. */
export function ownMediaIn(input: Record<string, unknown>): string[] {
  const values: unknown[] = Object.values(input).flat();
  return values.filter((value) => typeof value === "string").filter((text) => parseMediaPath(text) !== null);
}

/** Returns the path of the small version of a saved or uploaded image. */
export function thumbOf(path: string) {
  return `${path}?size=thumb`;
}

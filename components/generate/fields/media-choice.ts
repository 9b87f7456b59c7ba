import type { Upload } from "@/lib/media/schema";

/**
 * A file that can be chosen as input. `value` is its path in this app. `thumb` is the URL of its small image, or empty if it has
 * none. `kind` and `content_type` are missing if they are not known, for example for a file of an older draft.
 */
export type MediaChoice = Partial<Pick<Upload, "kind" | "content_type" | "duration_ms">> & {
  value: string;
  thumb: string;
  label: string;
  /** The names of the fields that take the file. Missing if all media fields of the form take it, or if its kind is not known. */
  fields?: string[];
};

/** Returns the paths of the files in the value of an input, without duplicates. */
export function pathsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return [...new Set(values.flatMap((path) => (typeof path === "string" && path !== "" ? [path] : [])))];
}

import { fileTest } from "@/lib/media/output-files";
import { containsData } from "./media-item";

/** The part of an output that is not files, as text to show and copy. `isCode`: the text is JSON, shown with its line breaks. */
export type OutputData = { text: string; isCode: boolean };

/** Text stays as it is. The pieces of text from a language model are joined. Anything else is written as JSON. */
export function readOutputData(output: unknown, links: readonly string[] = []): OutputData {
  const data = withoutFiles(output, fileTest(links));
  if (typeof data === "string") return { text: data, isCode: false };
  if (Array.isArray(data) && data.every((piece) => typeof piece === "string")) {
    return { text: data.join(""), isCode: false };
  }
  return { text: JSON.stringify(data, null, 2), isCode: typeof data === "object" };
}

/** Removes the files from an output, and the lists and objects that contain nothing but files. */
function withoutFiles(value: unknown, isFile: ReturnType<typeof fileTest>): unknown {
  if (typeof value !== "object" || value === null || !containsFiles(value, isFile)) return value;
  const parts = Object.entries(value)
    .filter(([, part]) => containsData(part, isFile))
    .map(([name, part]: [string, unknown]) => [name, withoutFiles(part, isFile)] as const);
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

function containsFiles(value: unknown, isFile: ReturnType<typeof fileTest>): boolean {
  if (typeof value !== "object" || value === null) return isFile(value);
  return Object.values(value).some((part) => containsFiles(part, isFile));
}

import { fileTest, outputFiles } from "@/lib/media/output-files";
import { containsData } from "./media-item";

/** An output without its files, as a text to show and copy. If `isCode` is true, the text is JSON, and is shown as code. */
export type OutputData = { text: string; isCode: boolean };

/**
 * Returns an output without its files. Text stays as it is. The pieces of text from a language model are joined. Anything else is
 * written as JSON.
 */
export function readOutputData(output: unknown, links: readonly string[] = []): OutputData {
  const data = withoutFiles(output, links);
  if (typeof data === "string") return { text: data, isCode: false };
  if (Array.isArray(data) && data.every((piece) => typeof piece === "string")) {
    return { text: data.join(""), isCode: false };
  }
  return { text: JSON.stringify(data, null, 2), isCode: typeof data === "object" };
}

/** Removes the files from an output, and the lists and objects that contain nothing but files. */
function withoutFiles(value: unknown, links: readonly string[]): unknown {
  if (typeof value !== "object" || value === null || outputFiles(value, links).length === 0) return value;
  const isFile = fileTest(links);
  const parts = Object.entries(value)
    .filter(([, part]) => containsData(part, isFile))
    .map(([name, part]: [string, unknown]) => [name, withoutFiles(part, links)] as const);
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}

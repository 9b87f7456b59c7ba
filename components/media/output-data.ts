import { fileUrls, hasData } from "./media-item";

/** The part of an output that is not files, as text to show and copy. `isCode`: the text is JSON, shown with its line breaks. */
export type OutputData = { text: string; isCode: boolean };

/** Text stays as it is. The pieces of text from a language model are joined. Anything else is written as JSON. */
export function readOutputData(output: unknown): OutputData {
  const data = withoutFiles(output);
  if (typeof data === "string") return { text: data, isCode: false };
  if (Array.isArray(data) && data.every((piece) => typeof piece === "string")) {
    return { text: data.join(""), isCode: false };
  }
  return { text: JSON.stringify(data, null, 2), isCode: typeof data === "object" };
}

/** Removes the files from an output, and the lists and objects that contain nothing but files. */
function withoutFiles(value: unknown): unknown {
  if (typeof value !== "object" || value === null || fileUrls(value).length === 0) return value;
  if (Array.isArray(value)) return value.filter(hasData).map(withoutFiles);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => hasData(part))
      .map(([name, part]: [string, unknown]) => [name, withoutFiles(part)]),
  );
}

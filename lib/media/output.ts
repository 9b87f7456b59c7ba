const URL_SCHEME = /^(https?:\/\/|data:[\w.+-]+\/[\w.+-]+[;,])\S+$/i;
/** No model nests deeper, and walking an endless nest would end the process. */
const MAX_DEPTH = 32;

/**
 * The URLs of all files in a prediction's output, in the order in which they stand there: web addresses and data URIs,
 * each as often as it occurs. A file's place in this list is its `position`. Text that is not wholly a URL is no file.
 */
export function outputFiles(output: unknown): string[] {
  const files: string[] = [];
  mapFiles(output, (url) => {
    files.push(url);
    return url;
  });
  return files;
}

/** The same output without the bytes of the files that are part of it: each data URI is cut to its type. */
export function withoutBytes(output: unknown): unknown {
  return mapFiles(output, (url) => url.replace(/^(data:[^;,]+)[;,].*$/is, "$1,kept"));
}

/** The same output with the file at each position of `replacements` named by that URL instead. */
export function replaceFiles(output: unknown, replacements: ReadonlyMap<number, string>): unknown {
  let position = 0;
  return mapFiles(output, (url) => replacements.get(position++) ?? url);
}

function mapFiles(value: unknown, visit: (url: string) => string, depth = 0): unknown {
  if (typeof value === "string") return URL_SCHEME.test(value) ? visit(value) : value;
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => mapFiles(item, visit, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, mapFiles(item, visit, depth + 1)]),
  );
}

const URL_SCHEME = /^(https?:\/\/|data:[\w.+-]+\/[\w.+-]+[;,])\S+$/i;
/** No model nests deeper, and a deeper nest could overflow the stack. */
const MAX_DEPTH = 32;

/**
 * The URLs of all files in a prediction's output, in order: web URLs and data URIs, each as often as it occurs. A file's
 * place in this list is its `position`. Text that is not just a URL is not a file.
 */
export function outputFiles(output: unknown): string[] {
  const files: string[] = [];
  mapFiles(output, (url) => {
    files.push(url);
    return url;
  });
  return files;
}

/** The output without the bytes inside it: each data URI is cut to its type. */
export function withoutBytes(output: unknown): unknown {
  return mapFiles(output, (url) => url.replace(/^(data:[^;,]+)[;,].*$/is, "$1,saved"));
}

/** The output with the URL of the file at each position of `replacements` replaced. */
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

const URL_SCHEME = /^(https?:\/\/|data:[\w.+-]+\/[\w.+-]+[;,])\S+$/i;
/** Output is never nested deeper, and deep nesting could overflow the stack. */
const MAX_DEPTH = 32;

/**
 * Returns the URLs of all files in a prediction's output, in order, with duplicates: web URLs and data URIs. A file's index in
 * this list is its `position`. Text that contains anything besides one URL is not a file.
 */
export function outputFiles(output: unknown): string[] {
  const files: string[] = [];
  mapFiles(output, (url) => {
    files.push(url);
    return url;
  });
  return files;
}

/** Returns the extension in a file's URL, or of the type of a data URI, in lower case; null if there is none. */
export function extensionOf(url: string): string | null {
  const [, subtype] = /^data:[\w.+-]+\/([\w.-]+)/i.exec(url) ?? [];
  if (subtype) return parseExtension(subtype === "plain" ? "txt" : subtype);
  return parseExtension(/\.([^./]+)$/.exec(URL.parse(url)?.pathname ?? "")?.[1]);
}

function parseExtension(text = ""): string | null {
  return /^[a-z0-9]{1,10}$/i.test(text) ? text.toLowerCase() : null;
}

/** Returns the output with each data URI reduced to its type. */
export function withoutBytes(output: unknown): unknown {
  return mapFiles(output, (url) => url.replace(/^(data:[^;,]+)[;,].*$/is, "$1,saved"));
}

/** Returns the output with the file URL at each position of `replacements` replaced. */
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

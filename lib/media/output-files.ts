const URL_SCHEME = /^(https?:\/\/|data:[\w.+-]+\/[\w.+-]+[;,])\S+$/i;
/** No real output is nested deeper than this. Without a limit, deep nesting could overflow the stack. */
const MAX_DEPTH = 32;

/**
 * Returns the URLs of all files in a prediction's output (web URLs and data URIs), in order, with duplicates. A file's index in
 * this list is its `position`. A string in the output is a file only if it is one URL and nothing else.
 */
export function outputFiles(output: unknown): string[] {
  const files: string[] = [];
  mapFiles(output, (url) => {
    files.push(url);
    return url;
  });
  return files;
}

/** Returns the extension of a file in lower case: from its URL or, in a data URI, from its type. Null if there is none. */
export function extensionOf(url: string): string | null {
  const [, subtype] = /^data:[\w.+-]+\/([\w.-]+)/i.exec(url) ?? [];
  if (subtype) return parseExtension(subtype === "plain" ? "txt" : subtype);
  return parseExtension(/\.([^./]+)$/.exec(URL.parse(url)?.pathname ?? "")?.[1]);
}

function parseExtension(text = ""): string | null {
  return /^[a-z0-9]{1,10}$/i.test(text) ? text.toLowerCase() : null;
}

/** Returns the output with each data URI reduced to its type, such as `data:image/png,saved`. */
export function withoutBytes(output: unknown): unknown {
  return mapFiles(output, (url) => url.replace(/^(data:[^;,]+)[;,].*$/is, "$1,saved"));
}

/** Returns the output with some file URLs replaced. `replacements` maps a file's position to its new URL. */
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

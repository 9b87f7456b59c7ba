import { isAllowedUrl } from "@/lib/security/allowed-url";

/**
 * Matches a web URL, a data URI, or the path of a saved file in this app. Replicate's output has no such paths, but the output
 * that our API returns has.
 */
const FILE_URL = /^(https?:\/\/|\/api\/media\/|data:[\w.+-]+\/[\w.+-]+[;,])\S+$/i;
/** No real output is nested deeper than this. Without a limit, deep nesting could overflow the stack. */
const MAX_DEPTH = 32;

/**
 * Returns the URLs of all files in a prediction's output, in the order of the output. A URL that occurs twice is in the list
 * twice. A file's index in this list is its `position`. A string is a file only if the whole string is a URL, and it is not one
 * of `links`.
 */
export function outputFiles(output: unknown, links: readonly string[] = []): string[] {
  const files: string[] = [];
  mapFiles(output, links, (url) => {
    files.push(url);
    return url;
  });
  return files;
}

/**
 * Returns the URLs in Replicate's output that are only text, such as URLs in the answer of a language model. A URL is a file only
 * if it is a data URI or has an allowed origin (see `isAllowedUrl`); all others are text. The result is stored in the database
 * together with the output. So even if the allowed origins change, the positions of the output's files stay the same.
 */
export function outputLinks(output: unknown, allowedOrigins: readonly string[]): string[] {
  const links = outputFiles(output).filter((url) => !/^data:/i.test(url) && !isAllowedUrl(url, allowedOrigins));
  return [...new Set(links)];
}

/** Returns a function that checks whether a value in an output is the URL of a file. `links` are the URLs that are only text. */
export function fileTest(links: readonly string[]) {
  const texts = new Set(links);
  return (value: unknown): value is string => typeof value === "string" && FILE_URL.test(value) && !texts.has(value);
}

/**
 * Returns the extension of a file in lower case: from its URL or, for a data URI, from its type. Returns null if there is none.
 */
export function extensionOf(url: string): string | null {
  const [, subtype] = /^data:[\w.+-]+\/([\w.-]+)/i.exec(url) ?? [];
  if (subtype) return parseExtension(subtype === "plain" ? "txt" : subtype);
  return parseExtension(/\.([^./]+)$/.exec(URL.parse(url)?.pathname ?? "")?.[1]);
}

function parseExtension(text = ""): string | null {
  return /^[a-z0-9]{1,10}$/i.test(text) ? text.toLowerCase() : null;
}

/**
 * Returns the output with each data URI reduced to its type, such as `data:image/png,saved`. The data is not needed, because the
 * file is saved in storage.
 */
export function withoutBytes(output: unknown): unknown {
  return mapFiles(output, [], (url) => url.replace(/^(data:[^;,]+)[;,].*$/is, "$1,saved"));
}

/** Returns the output with some file URLs replaced. `replacements` maps a file's position to its new URL. */
export function replaceFiles(
  output: unknown,
  replacements: ReadonlyMap<number, string>,
  links: readonly string[] = [],
): unknown {
  let position = 0;
  return mapFiles(output, links, (url) => replacements.get(position++) ?? url);
}

function mapFiles(output: unknown, links: readonly string[], visit: (url: string) => string): unknown {
  const isFile = fileTest(links);
  function map(value: unknown, depth: number): unknown {
    if (isFile(value)) return visit(value);
    if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map((item: unknown) => map(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => [key, map(item, depth + 1)]),
    );
  }
  return map(output, 0);
}

/** Whether Replicate has deleted the output files by `now` (ms since 1970). */
export function isOutputExpired(row: { output_expires_at: string | null }, now = Date.now()): boolean {
  return row.output_expires_at !== null && now > Date.parse(row.output_expires_at);
}

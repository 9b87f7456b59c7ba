/** Values that are nested deeper than this become null. Otherwise, a recursive function could overflow the stack. */
const MAX_DEPTH = 32;
/**
 * The largest number of values that are kept; all others become null. For comparison: the transcript of an hour of speech has
 * about 30,000 values, and the vectors (embeddings) of 500 texts have 500,000.
 */
const MAX_VALUES = 1_000_000;

/**
 * Returns JSON that is safe to process and to store. Values beyond `MAX_DEPTH` or `MAX_VALUES` become null, and then `isCut` is
 * true. Numbers that are not finite become null too. Each text is made storable by `storableText`.
 */
export function limitJson(json: unknown): { json: unknown; isCut: boolean } {
  let values = 0;
  let isCut = false;
  function bound(value: unknown, depth: number): unknown {
    values += 1;
    if (depth > MAX_DEPTH || values > MAX_VALUES) {
      isCut = true;
      return null;
    }
    if (typeof value === "string") return storableText(value);
    if (typeof value === "number") return Number.isFinite(value) ? value : null;
    if (Array.isArray(value)) return value.map((item) => bound(item, depth + 1));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), bound(item, depth + 1)]));
  }
  return { json: bound(json, 0), isCut };
}

/**
 * Makes a text storable in Postgres: removes NUL characters, and replaces halves of surrogate pairs. Some models write NUL
 * characters, and a text that was cut off can end with half of a pair.
 */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

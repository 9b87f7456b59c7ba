/** Values that are nested deeper than this become null. Otherwise a function that visits them could overflow the stack. */
const MAX_DEPTH = 32;
/**
 * All values after this many become null. The transcript of an hour has about 30,000 values, and the vectors of 500 texts have
 * 500,000.
 */
const MAX_VALUES = 1_000_000;

/**
 * Returns JSON that is safe to process and to store: at most 32 levels deep, and with at most a million values. Everything beyond
 * these limits becomes null, and so do numbers that are not finite. `isCut`: something was beyond the limits. `storableText`
 * makes each text storable.
 */
export function boundJson(json: unknown): { json: unknown; isCut: boolean } {
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
 * Returns the text without NUL characters and half surrogate pairs, which Postgres cannot store. Some models write such
 * characters, and cutting a text can split a pair.
 */
export function storableText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

import "server-only";

/**
 * What was typed, as a tsquery of Postgres: each word may be the beginning of one, and all have to occur. In quotes nothing
 * has a meaning but the quote and the backslash.
 */
export function toPrefixQuery(text: string): string {
  return text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => `'${word.replace(/['\\]/g, "$&$&")}':*`)
    .join(" & ");
}

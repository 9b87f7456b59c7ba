/** The longest name of an upload (characters). The table has the same limit. */
const MAX_LENGTH = 200;

/**
 * Returns the name of a file without its folders and without invisible characters. A name that is too long is shortened. Returns
 * an empty text if nothing is left.
 */
export function cleanName(given: string): string {
  const name = given.toWellFormed().normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const visible = name.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu, "").trim();
  const characters = Array.from(visible);
  if (characters.length <= MAX_LENGTH) return visible;
  // The end is kept, because it has the extension.
  return [...characters.slice(0, MAX_LENGTH - 21), "…", ...characters.slice(-20)].join("");
}

/** Returns the extension of a file in lower case. Returns null if the name has none. */
export function extensionIn(name: string): string | null {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? null;
}

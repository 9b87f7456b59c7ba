import type { MediaRow } from "@/lib/media/schema";

/** Maximum length of the prompt in a file name (characters). */
const MAX_SLUG = 60;

/**
 * Returns a name without extension, such as "a-red-fox-42-0195f2a8": the start of the prompt, the seed, and the first characters
 * of the id. A file without a prompt is named after its kind.
 */
export function toFileName(
  { prompt, kind, seed, id }: Pick<MediaRow, "prompt" | "seed" | "id"> & { kind: string },
  idLength = 8,
): string {
  const text = prompt.normalize("NFC").toLowerCase();
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const slug = words.reduce((name, word) => (name.length + word.length < MAX_SLUG ? `${name}-${word}` : name), "");
  return [slug.slice(1) || kind.replace("3d", ""), ...(seed === null ? [] : [seed]), id.slice(0, idLength)].join("-");
}

/** Returns a Content-Disposition (RFC 6266). Old browsers use only the ASCII characters of the name. */
export function toContentDisposition(name: string): string {
  const ascii = name.normalize("NFKD").replace(/[^\w.-]+/g, "");
  return `attachment; filename="${ascii.replace(/^-+/, "")}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

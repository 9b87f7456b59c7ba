/** The longest part of a name that is made of the prompt, in characters. */
const LONGEST = 60;

/** "a-red-fox-42-0195f2a8": the first words of the prompt, the seed and the beginning of the id, without an ending. */
export function fileNameOf({ prompt, seed, id }: { prompt: string; seed: number | null; id: string }): string {
  const words =
    prompt
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const slug = words.reduce((name, word) => (name.length + word.length < LONGEST ? `${name}-${word}` : name), "");
  return [slug.slice(1) || "image", ...(seed === null ? [] : [seed]), id.slice(0, 8)].join("-");
}

/** A Content-Disposition that has the browser save a file under this name (RFC 6266); old ones see its ASCII alone. */
export function saveAs(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "")
    .replace(/^-+/, "");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`;
}

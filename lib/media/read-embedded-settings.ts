import { PNG_SIGNATURE, Reader } from "./formats/format";

/** The settings of an image, as they are embedded in a downloaded file. See `embedSettings`. */
export type Settings = {
  prompt: string;
  model: string;
  version: string | null;
  input: Record<string, unknown>;
  seed: number | null;
  created_at: string;
};

/**
 * The name under which a file contains its settings. In a PNG, it is the keyword of a text chunk. In a JPEG or WebP, it is the
 * name of an XMP property.
 */
export const KEYWORD = "parameters";
/**
 * The start of the iTXt chunk with the settings (PNG, third edition, 11.3.3.4). After the keyword, all bytes are 0: the text is
 * not compressed, and its language and the translation of the keyword are empty.
 */
export const PNG_START = `${KEYWORD}\0\0\0\0\0`;
export const XMP_NAMESPACE = "http://ns.adobe.com/xap/1.0/\0";

/** Returns the settings that are embedded in a PNG, JPEG or WebP from this app. Returns null if there are none. Never throws. */
export function readSettings(bytes: Uint8Array): Settings | null {
  try {
    return settingsIn(JSON.parse(findText(bytes) ?? "null"));
  } catch {
    // The file has no settings: the text is not JSON, or the reader has reached the end of the file.
    return null;
  }
}

function settingsIn(value: unknown): Settings | null {
  if (!isObject(value) || !isObject(value.input)) return null;
  const { prompt, model, version, input, seed, created_at } = value;
  if (typeof prompt !== "string" || typeof model !== "string" || typeof created_at !== "string") return null;
  return {
    prompt,
    model,
    version: typeof version === "string" ? version : null,
    input,
    seed: typeof seed === "number" ? seed : null,
    created_at,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function findText(bytes: Uint8Array): string | null {
  const isPng = PNG_SIGNATURE.every((byte, index) => byte === bytes[index]);
  if (isPng) return textOfPng(new Reader(bytes, PNG_SIGNATURE.length));
  const isWebp = new Reader(bytes).tag() === "RIFF";
  return textOfXmp(isWebp ? xmpOfWebp(new Reader(bytes, 12)) : xmpOfJpeg(new Reader(bytes)));
}

function textOfPng(reader: Reader): string {
  for (;;) {
    const length = reader.uint32("big");
    const tag = reader.tag();
    const data = reader.take(length);
    const text = tag === "iTXt" ? utf8(data) : "";
    if (text.startsWith(PNG_START)) return text.slice(PNG_START.length);
    // Skips the checksum.
    reader.skip(4);
  }
}

function xmpOfJpeg(reader: Reader): string | null {
  if (reader.uint16("big") !== 0xffd8) return null;
  while (reader.byte() === 0xff) {
    const marker = reader.byte();
    // The pixels begin here. Metadata comes before them.
    if (marker === 0xda) return null;
    const text = utf8(reader.take(reader.uint16("big") - 2));
    if (marker === 0xe1 && text.startsWith(XMP_NAMESPACE)) return text;
  }
  return null;
}

function xmpOfWebp(reader: Reader): string {
  for (;;) {
    const tag = reader.tag();
    const length = reader.uint32("little");
    const data = reader.take(length + (length % 2));
    if (tag === "XMP ") return utf8(data);
  }
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&", "#10": "\n" };

function textOfXmp(xmp: string | null): string | null {
  const [, text] = new RegExp(`darkroom:${KEYWORD}="([^"]*)"`).exec(xmp ?? "") ?? [];
  return text?.replace(/&(lt|gt|quot|amp|#10);/g, (entity, name: string) => ENTITIES[name] ?? entity) ?? null;
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** The settings of an image, as embedded in a downloaded file. */
export type Settings = {
  prompt: string;
  model: string;
  version: string | null;
  input: Record<string, unknown>;
  seed: number | null;
  created_at: string;
};

/** The keyword of the text chunk in a PNG, and the name of the property in XMP. */
export const KEYWORD = "parameters";
export const XMP_NAMESPACE = "http://ns.adobe.com/xap/1.0/\0";
const PNG_SIGNATURE = "\x89PNG\r\n\x1a\n";

/** Returns the settings embedded in a PNG, JPEG or WebP downloaded from this app; null if there are none. Never throws. */
export function readSettings(bytes: Uint8Array): Settings | null {
  try {
    const text = textOfPng(bytes) ?? textOfXmp(xmpOfJpeg(bytes) ?? xmpOfWebp(bytes));
    return text === null ? null : settingsIn(JSON.parse(text));
  } catch {
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

/** PNG, third edition, 11.3.3.4: keyword, two flags, two empty names, and the text, separated by zeros. */
function textOfPng(bytes: Uint8Array): string | null {
  if (latin1(bytes.subarray(0, 8)) !== PNG_SIGNATURE) return null;
  const view = viewOf(bytes);
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    const start = `${KEYWORD}\0\0\0\0\0`;
    if (latin1(bytes.subarray(at + 4, at + 8)) === "iTXt" && latin1(data.subarray(0, start.length)) === start) {
      return new TextDecoder().decode(data.subarray(start.length));
    }
    at += 12 + length;
  }
  return null;
}

function xmpOfJpeg(bytes: Uint8Array): string | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = viewOf(bytes);
  // Metadata comes before the pixels, which start with the marker 0xda.
  for (let at = 2; bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
    const end = at + 2 + view.getUint16(at + 2);
    const data = bytes.subarray(at + 4, end);
    if (bytes[at + 1] === 0xe1 && latin1(data.subarray(0, XMP_NAMESPACE.length)) === XMP_NAMESPACE) {
      return new TextDecoder().decode(data.subarray(XMP_NAMESPACE.length));
    }
    at = end;
  }
  return null;
}

function xmpOfWebp(bytes: Uint8Array): string | null {
  if (latin1(bytes.subarray(0, 4)) !== "RIFF" || latin1(bytes.subarray(8, 12)) !== "WEBP") return null;
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (latin1(bytes.subarray(at, at + 4)) === "XMP ") {
      return new TextDecoder().decode(bytes.subarray(at + 8, at + 8 + length));
    }
    at += 8 + length + (length % 2);
  }
  return null;
}

const ENTITIES: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&", "#10": "\n" };

function textOfXmp(xmp: string | null): string | null {
  const [, text] = new RegExp(`darkroom:${KEYWORD}="([^"]*)"`).exec(xmp ?? "") ?? [];
  return text?.replace(/&(lt|gt|quot|amp|#10);/g, (entity, name: string) => ENTITIES[name] ?? entity) ?? null;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

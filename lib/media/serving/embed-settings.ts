import "server-only";
import { crc32 } from "node:zlib";
import { Reader } from "@/lib/media/formats/format";
import { KEYWORD, PNG_START, type Settings, XMP_NAMESPACE } from "@/lib/media/read-embedded-settings";
import type { MediaRow } from "@/lib/media/schema";

/** `embedSettings` needs this many bytes from the start of a file. */
export const START = 64;

/** How to insert the settings: the new file is `head`, then the original from the offset `cut` to its end, then `tail`. */
type Embedding = { head: Uint8Array; cut: number; tail: Uint8Array };

type Row = Pick<MediaRow, "content_type" | "bytes" | "width" | "height">;

const NONE = new Uint8Array();
/** The largest length of a JPEG segment, without its marker (bytes). */
const MAX_SEGMENT = 65_535;
const [HAS_XMP, HAS_ALPHA] = [0x04, 0x10];

/**
 * Returns what to insert into the download of a file, so that `readSettings` finds the settings there. `start` has the first
 * `START` bytes of the file. The pixels do not change. Returns null if the format has no place for settings, or if they are too
 * long for a JPEG. Also returns null for a WebP that cannot be decoded, already has XMP, or has a wrong size in its header.
 */
export function embedSettings(row: Row, start: Uint8Array, settings: Settings): Embedding | null {
  const { content_type } = row;
  const text = JSON.stringify(settings);
  if (content_type === "image/png") return inPng(start, text);
  if (content_type === "image/jpeg") return inJpeg(start, xmpOf(text));
  return content_type === "image/webp" ? inWebp(row, start, xmpOf(text)) : null;
}

/** Inserts the settings as an iTXt chunk (PNG, third edition, 11.3.3.4) after the header. The header always ends at byte 33. */
function inPng(start: Uint8Array, text: string): Embedding {
  const chunk = Buffer.from(`iTXt${PNG_START}${text}`);
  const [length, checksum] = [uint32(chunk.length - 4, "big"), uint32(crc32(chunk), "big")];
  const head = Buffer.concat([start.subarray(0, 33), length, chunk, checksum]);
  return { head, cut: 33, tail: NONE };
}

/**
 * Inserts the settings as a segment APP1. If the file has a segment JFIF, the settings come after it, because JFIF must stay the
 * first segment.
 */
function inJpeg(start: Uint8Array, xmp: string): Embedding | null {
  const cut = start[3] === 0xe0 ? 4 + new Reader(start, 4).uint16("big") : 2;
  const data = Buffer.from(`${XMP_NAMESPACE}${xmp}`);
  if (cut > start.length || data.length + 2 > MAX_SEGMENT) return null;
  const marker = Buffer.from([0xff, 0xe1, (data.length + 2) >> 8, (data.length + 2) & 0xff]);
  return { head: Buffer.concat([start.subarray(0, cut), marker, data]), cut, tail: NONE };
}

/**
 * Adds the settings (XMP) as the last chunk (RFC 9649), and sets the flag in the extended header which says that the file has
 * XMP.
 */
function inWebp({ bytes: length, width, height }: Row, start: Uint8Array, xmp: string): Embedding | null {
  const tag = Buffer.from(start.subarray(12, 16)).toString("latin1");
  if (new Reader(start, 4).uint32("little") + 8 !== length || length % 2 === 1) return null;
  const isExtended = tag === "VP8X";
  const flags = isExtended ? (start[20] ?? 0) : tag === "VP8L" && ((start[24] ?? 0) & 0x10) !== 0 ? HAS_ALPHA : 0;
  if (flags & HAS_XMP || !width || !height) return null;

  const data = Buffer.from(xmp);
  const padding = Buffer.alloc(data.length % 2);
  const tail = Buffer.concat([Buffer.from("XMP "), uint32(data.length, "little"), data, padding]);
  const extended = isExtended ? Buffer.from(start.subarray(12, 30)) : extendedHeader(width, height);
  extended[8] = flags | HAS_XMP;
  const size = length - 8 + (isExtended ? 0 : extended.length) + tail.length;
  const head = Buffer.concat([Buffer.from("RIFF"), uint32(size, "little"), Buffer.from("WEBP"), extended]);
  return { head, cut: isExtended ? 30 : 12, tail };
}

/**
 * Returns an extended header for a WebP that has none. `width` and `height` are the size at which the image is shown. A WebP
 * without an extended header has no rotation, so this is also the size of its pixels.
 */
function extendedHeader(width: number, height: number): Buffer {
  const chunk = Buffer.concat([Buffer.from("VP8X"), uint32(10, "little"), Buffer.alloc(10)]);
  chunk.writeUIntLE(width - 1, 12, 3);
  chunk.writeUIntLE(height - 1, 15, 3);
  return chunk;
}

function xmpOf(text: string): string {
  const escaped = text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:darkroom="urn:darkroom" darkroom:${KEYWORD}="${escaped}"/></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
}

function uint32(value: number, endian: "big" | "little"): Buffer {
  const bytes = Buffer.alloc(4);
  if (endian === "big") bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

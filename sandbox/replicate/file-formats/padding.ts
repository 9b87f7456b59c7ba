import { crc32 } from "node:zlib";
import { encodeMp3 } from "./mp3.ts";

const MEGABYTE = 1_000_000;

/**
 * How a file is made larger: `times` copies of a block are inserted before the byte at the offset `at`. The block depends on the
 * type of the file: see `FORMATS`.
 */
export type Padding = { at: number; times: number };

type Format = {
  makeBlock: () => Uint8Array;
  /** The offset in the file at which the blocks are inserted. */
  before: (bytes: Uint8Array) => number;
  /** Writes the new size of the file into its header. */
  writeSize?: (bytes: Buffer, total: number) => void;
};

function uint32(value: number, order: "BE" | "LE"): Buffer {
  const bytes = Buffer.alloc(4);
  if (order === "BE") bytes.writeUInt32BE(value);
  else bytes.writeUInt32LE(value);
  return bytes;
}

function pngChunk(): Buffer {
  const body = Buffer.concat([Buffer.from("paDd"), Buffer.alloc(MEGABYTE)]);
  return Buffer.concat([uint32(MEGABYTE, "BE"), body, uint32(crc32(body), "BE")]);
}

const atEnd = (bytes: Uint8Array) => bytes.length;
const riff: Format = {
  makeBlock: () => Buffer.concat([Buffer.from("JUNK"), uint32(MEGABYTE, "LE"), Buffer.alloc(MEGABYTE)]),
  before: atEnd,
  writeSize: (bytes, total) => bytes.writeUInt32LE(total - 8, 4),
};
const isoMedia: Format = {
  makeBlock: () => Buffer.concat([uint32(MEGABYTE, "BE"), Buffer.from("free"), Buffer.alloc(MEGABYTE - 8)]),
  before: atEnd,
};
const zeros: Format = { makeBlock: () => Buffer.alloc(MEGABYTE), before: atEnd };

/**
 * For each content type: the block that makes a file larger, and the offset at which it is inserted. The file stays valid,
 * because programs skip the blocks, or play them (MP3). In a file of any other type, the blocks are zeros at its end.
 */
const FORMATS: Record<string, Format> = {
  "image/png": { makeBlock: pngChunk, before: (bytes) => bytes.length - 12 },
  // The block is a JPEG comment, which programs skip. A JPEG comment has at most 65,533 bytes.
  "image/jpeg": {
    makeBlock: () => Buffer.concat([Buffer.from("fffeffff", "hex"), Buffer.alloc(65_533)]),
    before: () => 2,
  },
  "image/webp": riff,
  "audio/wav": riff,
  "video/mp4": isoMedia,
  "video/quicktime": isoMedia,
  "audio/mp4": isoMedia,
  // The block is a Void element of EBML, the format on which WebM is based. Programs skip it. Its size has eight bytes.
  "video/webm": {
    makeBlock: () =>
      Buffer.concat([Buffer.from("ec010000", "hex"), Buffer.alloc(1), uint32(MEGABYTE, "BE"), Buffer.alloc(MEGABYTE)]),
    before: atEnd,
  },
  "audio/mpeg": { makeBlock: () => encodeMp3(256), before: atEnd },
  "model/gltf-binary": {
    makeBlock: () => Buffer.concat([uint32(MEGABYTE, "LE"), Buffer.from("paDd"), Buffer.alloc(MEGABYTE)]),
    before: atEnd,
    writeSize: (bytes, total) => bytes.writeUInt32LE(total, 8),
  },
  "image/svg+xml": {
    makeBlock: () => Buffer.from(`<!--${" ".repeat(MEGABYTE)}-->\n`),
    before: (bytes) => Buffer.from(bytes).lastIndexOf("</svg>"),
  },
};

const formatOf = (type: string) => FORMATS[type] ?? zeros;

const blocks = new Map<string, Uint8Array>();

function blockOf(type: string): Uint8Array {
  const block = blocks.get(type) ?? formatOf(type).makeBlock();
  blocks.set(type, block);
  return block;
}

/**
 * Makes a file at least `size` bytes long. Returns the padding, and the bytes of the file without the padding, but with the new
 * size in its header. The padding is inserted only when the file is read: see `openPadded`.
 */
export function padFile(bytes: Uint8Array, type: string, size: number): { bytes: Uint8Array; padding: Padding } {
  const { before, writeSize } = formatOf(type);
  const block = blockOf(type);
  const times = Math.max(0, Math.ceil((size - bytes.length) / block.length));
  const copy = Buffer.from(bytes);
  writeSize?.(copy, bytes.length + times * block.length);
  return { bytes: copy, padding: { at: before(bytes), times } };
}

/** Opens a file with its padding. The padding consists of copies of one block, and only one copy is in memory. */
export function openPadded(bytes: Uint8Array, type: string, padding: Padding = { at: 0, times: 0 }) {
  const block = blockOf(type);
  const parts = [bytes.subarray(0, padding.at), ...Array.from({ length: padding.times }, () => block)];
  parts.push(bytes.subarray(padding.at));
  return {
    size: bytes.length + padding.times * block.length,
    /** Returns the bytes from `start` (included) to `end` (not included), in pieces. */
    *read(start: number, end: number): Generator<Uint8Array> {
      let at = 0;
      for (const part of parts) {
        const piece = part.subarray(Math.max(0, start - at), Math.max(0, end - at));
        if (piece.length > 0) yield piece;
        at += part.length;
      }
    },
  };
}

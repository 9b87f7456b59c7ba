import { UnavailableFile } from "@/lib/media/file-errors";

/**
 * Images of these content types are decoded, for example for their thumbnails. No other image can be uploaded as a model input,
 * except an SVG or a TIFF.
 */
export const DECODED_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;

/**
 * The data about a file that is found from its bytes. Each field except `extension` is a column in the row of the file. Width and
 * height are in px, as the file is shown, so after any rotation. A field is null if it is unknown, or if the file has no such
 * value.
 */
export type FileFacts = {
  content_type: string;
  /** The extension for the name of the file, without a dot. */
  extension: string;
  width: number | null;
  height: number | null;
  duration_ms: number | null;
};

/** A file to inspect, in memory or on disk. */
export type SourceFile = {
  blob: Blob;
  /** Whether the file certainly has its full length. If not, its last bytes may be missing. */
  hasFullLength: boolean;
  /** The extension in the file's URL or name, in lower case. It is only a hint, because any file can have any name. */
  extension: string | null;
};

/** A file format that is recognized by its first bytes, and whose structure is checked. */
export type Format = {
  /** Every file of this format begins with one of these signatures. In a signature, null matches any byte. */
  signatures: readonly Signature[];
  /**
   * Checks the structure of the file, up to its end if the format states where the end is. Returns null if the file has another
   * format that begins with the same signature. Throws `UnavailableFile` if the file is incomplete or damaged. Takes little time
   * and memory, whatever the bytes are.
   */
  inspect: (file: SourceFile) => Promise<FileFacts | null>;
};
type Signature = readonly (number | null)[];

/** The first bytes of a PNG. This constant is not in png.ts, because the browser needs it too. */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Returns the bytes of a text as a signature. `?` stands for any byte. */
export function signatureOf(text: string): Signature {
  return Array.from(text, (letter) => (letter === "?" ? null : letter.charCodeAt(0)));
}

/** Returns the facts of a file. The size and the duration are null, unless `more` contains them. */
export function factsOf(content_type: string, extension: string, more: Partial<FileFacts> = {}): FileFacts {
  return { content_type, extension, width: null, height: null, duration_ms: null, ...more };
}

/** Converts a duration to ms. Returns null if the number does not fit into its column of the database. */
export function toMs(seconds: number): number | null {
  const ms = Math.round(seconds * 1000);
  return ms >= 0 && ms < 2 ** 31 ? ms : null;
}

/** Returns `length` bytes of a file from this offset. Returns fewer at the end of the file. */
export function readAt(blob: Blob, offset: number, length: number): Promise<Uint8Array> {
  return blob.slice(offset, offset + length).bytes();
}

/** Reads numbers and bytes one after another, beginning at `offset`. Reading beyond the end throws `UnavailableFile`. */
export class Reader {
  offset: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  /** Skips `length` bytes. Returns the offset at which the skipped bytes begin. */
  skip(length: number) {
    const start = this.offset;
    if (start + length > this.#bytes.length) damaged("it ends too early");
    this.offset = start + length;
    return start;
  }

  take(length: number) {
    const start = this.skip(length);
    return this.#bytes.subarray(start, start + length);
  }

  byte() {
    return this.#view.getUint8(this.skip(1));
  }

  uint16(endian: "big" | "little") {
    return this.#view.getUint16(this.skip(2), endian === "little");
  }

  uint24(endian: "big" | "little") {
    const [low, high] = endian === "little" ? [this.uint16(endian), this.byte()] : [this.byte(), this.uint16(endian)];
    return endian === "little" ? low + high * 0x10000 : low * 0x10000 + high;
  }

  uint32(endian: "big" | "little") {
    return this.#view.getUint32(this.skip(4), endian === "little");
  }

  /** Reads a number of 8 bytes. A number above 2^53 is not exact. */
  uint64(endian: "big" | "little") {
    return Number(this.#view.getBigUint64(this.skip(8), endian === "little"));
  }

  /** Reads the four letters that name a chunk or a box. */
  tag() {
    return String.fromCharCode(this.byte(), this.byte(), this.byte(), this.byte());
  }
}

export function damaged(what: string): never {
  throw new UnavailableFile("incomplete", `The file is damaged: ${what}.`);
}

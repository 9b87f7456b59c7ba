import { UnavailableFile } from "@/lib/media/file-errors";

/**
 * The Content-Types of the images that users can upload and that are saved. To add one: write its `Format` and list it in
 * inspect.ts, enable its loader in thumbnail.ts, and add it to the checks in the migrations 2 to 4, to `accept` in
 * components/generate/fields/media-tiles.tsx, and to the text for `unsupported_output` in components/jobs/failure.ts.
 */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp", "image/gif"] as const;

/** An image format. `size` and `walk` throw `UnavailableFile` for an incomplete or damaged file. */
export type Format = {
  contentType: (typeof IMAGE_TYPES)[number];
  extension: "png" | "jpg" | "webp" | "gif";
  /** The first bytes of every file; null matches any byte. */
  signature: readonly (number | null)[];
  /** In px, from the header. */
  size(bytes: Uint8Array): { width: number; height: number };
  /** Reads the structure of the file up to its end marker. */
  walk(bytes: Uint8Array): void;
};

/** Here and not in png.ts, because the browser needs it too. */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Reads numbers and bytes in order. Reading past the end throws `UnavailableFile`. */
export class Reader {
  offset: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  /** Skips `length` bytes and returns the offset before them. */
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

  uint24(endian: "little") {
    return this.uint16(endian) + this.byte() * 0x10000;
  }

  uint32(endian: "big" | "little") {
    return this.#view.getUint32(this.skip(4), endian === "little");
  }

  /** The four letters that name a chunk. */
  tag() {
    return String.fromCharCode(this.byte(), this.byte(), this.byte(), this.byte());
  }
}

export function damaged(what: string): never {
  throw new UnavailableFile("incomplete", `The image is damaged: ${what}.`);
}

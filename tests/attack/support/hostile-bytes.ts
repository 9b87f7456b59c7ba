import { crc32, deflateSync } from "node:zlib";
import { avif, noise } from "../../support/images";

const ascii = (text: string) => Buffer.from(text, "latin1");
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(tag: string, data: Buffer): Buffer {
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  const content = Buffer.concat([ascii(tag), data]);
  checksum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, checksum]);
}

/**
 * Returns a PNG whose pixels are all zero: a small file that needs much memory when it is decoded. Each pixel has `bits` bits.
 */
export function createPixelBomb(width: number, height: number, bits: 1 | 32 = 32): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(bits === 32 ? [8, 6] : [1, 0], 8);
  const pixels = deflateSync(Buffer.alloc(height * (1 + Math.ceil((width * bits) / 8))), { level: 9 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function createHugeJpeg(): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0]),
    Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0, 0xff, 0xd9]),
  ]);
}

function createHugeWebp(): Buffer {
  const body = Buffer.concat([
    ascii("WEBPVP8X"),
    Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ascii("VP8 "),
    Buffer.alloc(4),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([ascii("RIFF"), length, body]);
}

const box = (brand: string) => Buffer.concat([Buffer.from([0, 0, 0, 24]), ascii(`ftyp${brand}\0\0\0\0mif1${brand}`)]);

/**
 * Returns hostile files, which the tests send as a PNG. `savedAs` is the content type with which the app saves the file. The app
 * refuses files without `savedAs`.
 */
export async function createHostileFiles(): Promise<Record<string, { bytes: Buffer; savedAs?: string }>> {
  const bytes = "application/octet-stream";
  return {
    HTML: { bytes: ascii("<!doctype html><script>document.title='ran'</script>") },
    "HTML with the signature of MP4": { bytes: ascii("<!--ftypisom--><script>document.title='ran'</script>") },
    JavaScript: { bytes: ascii("alert(document.cookie)") },
    PHP: { bytes: ascii("<?php system($_GET['c']);") },
    "MP4 without tracks": { bytes: Buffer.concat([box("isom"), Buffer.alloc(32)]) },
    "WebM without an end": {
      bytes: Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0xf7, 0x81]),
    },
    HEIC: { bytes: Buffer.concat([box("heic"), Buffer.alloc(32)]) },
    "JPEG XL": { bytes: Buffer.from([0xff, 0x0a, 0xfa, 0x1f, 0x41, 0x91, 0x08, 0x06, 0x01, 0x00]) },
    "PNG of 4 billion columns": {
      bytes: Buffer.concat([SIGNATURE, chunk("IHDR", Buffer.from([255, 255, 255, 255, 0, 0, 0, 1, 8, 6, 0, 0, 0]))]),
    },
    "GIF of 4 gigapixels": {
      bytes: Buffer.concat([ascii("GIF89a"), Buffer.from([255, 255, 255, 255, 0, 0, 0, 0x3b])]),
    },
    "PNG of 256 megapixels": { bytes: createPixelBomb(16_000, 16_000, 1), savedAs: "image/png" },
    "PNG of no pixels": { bytes: createPixelBomb(0, 0), savedAs: "image/png" },
    "JPEG of 4 gigapixels": { bytes: createHugeJpeg(), savedAs: "image/jpeg" },
    "WebP of 281 terapixels": { bytes: createHugeWebp(), savedAs: "image/webp" },
    AVIF: { bytes: await avif(), savedAs: "image/avif" },
    "empty ZIP": { bytes: Buffer.concat([ascii("PK\x05\x06"), Buffer.alloc(18)]), savedAs: "application/zip" },
    gzip: { bytes: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]), savedAs: bytes },
    ELF: { bytes: Buffer.concat([ascii("\x7fELF\x02\x01\x01"), Buffer.alloc(64)]), savedAs: bytes },
    "Windows program": { bytes: Buffer.concat([ascii("MZ"), Buffer.alloc(64)]), savedAs: bytes },
    "MP3 without sound": { bytes: Buffer.concat([ascii("ID3"), Buffer.alloc(64)]), savedAs: bytes },
    BMP: { bytes: Buffer.concat([ascii("BM"), Buffer.alloc(64)]), savedAs: bytes },
    TIFF: { bytes: await noise(8, 8).tiff().toBuffer(), savedAs: bytes },
    ICO: { bytes: Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), Buffer.alloc(32)]), savedAs: bytes },
    PSD: { bytes: Buffer.concat([ascii("8BPS\0\x01"), Buffer.alloc(32)]), savedAs: bytes },
  };
}

/** Returns real images that contain a script. Outputs of models are saved unchanged, but no browser runs the script. */
export async function createCarriers(script = "document.title='ran'") {
  const words = `<script>${script}</script>`;
  const png = await noise(96, 64).png().toBuffer();
  const exif = { IFD0: { ImageDescription: words, Copyright: words } };
  const gif = await noise(96, 64).gif().toBuffer();
  // The file is also a valid script: the name `GIF89a`, a comment (`/*` replaces the width), and an assignment to this name.
  gif.write("/*", 6, "latin1");
  return {
    "JPEG whose Exif is a script": {
      bytes: await noise(96, 64).withExif(exif).jpeg().toBuffer(),
      type: "image/jpeg",
    },
    "PNG whose text is a script": {
      bytes: Buffer.concat([png.subarray(0, 33), chunk("tEXt", ascii(`Comment\0${words}`)), png.subarray(33)]),
      type: "image/png",
    },
    "PNG with a page behind it": {
      bytes: Buffer.concat([png, ascii(`<!doctype html>${words}`)]),
      type: "image/png",
    },
    "GIF that is also a script": { bytes: Buffer.concat([gif, ascii(`*/=1;${script}`)]), type: "image/gif" },
  };
}

export function dataUri(bytes: Buffer, type = "image/png"): string {
  return `data:${type};base64,${bytes.toString("base64")}`;
}

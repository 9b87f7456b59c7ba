import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
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

/** A PNG of zeros: a small file that is large when decoded. `bits` per pixel: 1 or 32. */
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

/** Hostile files, by their kind: broken ones, scripts, and what else is no image. */
export async function createHostileFiles(): Promise<Record<string, Buffer>> {
  return {
    "SVG with script": ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "SVG that reads a file": ascii(
      '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>',
    ),
    "XML that grows": ascii(
      '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><svg>&b;</svg>',
    ),
    HTML: ascii("<!doctype html><script>document.title='ran'</script>"),
    JavaScript: ascii("alert(document.cookie)"),
    PDF: ascii("%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"),
    ZIP: Buffer.concat([ascii("PK\x05\x06"), Buffer.alloc(18)]),
    gzip: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ELF: Buffer.concat([ascii("\x7fELF\x02\x01\x01"), Buffer.alloc(64)]),
    "Windows program": Buffer.concat([ascii("MZ"), Buffer.alloc(64)]),
    PHP: ascii("<?php system($_GET['c']);"),
    MP4: Buffer.concat([box("isom"), Buffer.alloc(32)]),
    WebM: Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1]),
    MP3: Buffer.concat([ascii("ID3"), Buffer.alloc(64)]),
    AVIF: await avif(),
    HEIC: Buffer.concat([box("heic"), Buffer.alloc(32)]),
    "JPEG XL": Buffer.from([0xff, 0x0a, 0xfa, 0x1f, 0x41, 0x91, 0x08, 0x06, 0x01, 0x00]),
    BMP: Buffer.concat([ascii("BM"), Buffer.alloc(64)]),
    TIFF: await noise(8, 8).tiff().toBuffer(),
    ICO: Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), Buffer.alloc(32)]),
    PSD: Buffer.concat([ascii("8BPS\0\x01"), Buffer.alloc(32)]),
    "PNG of 256 megapixels": createPixelBomb(16_000, 16_000, 1),
    "PNG of no pixels": createPixelBomb(0, 0),
    "PNG of 4 billion columns": Buffer.concat([
      SIGNATURE,
      chunk("IHDR", Buffer.from([255, 255, 255, 255, 0, 0, 0, 1, 8, 6, 0, 0, 0])),
    ]),
    "JPEG of 4 gigapixels": createHugeJpeg(),
    "WebP of 281 terapixels": createHugeWebp(),
    "GIF of 4 gigapixels": Buffer.concat([ascii("GIF89a"), Buffer.from([255, 255, 255, 255, 0, 0, 0, 0x3b])]),
  };
}

/** Real images with hidden data. They are saved unchanged, and the data is never run. */
export async function createCarriers(): Promise<Record<string, Buffer>> {
  const words = "<script>document.title='ran'</script>";
  const png = await noise(96, 64).png().toBuffer();
  const exif = { IFD0: { ImageDescription: words, Copyright: words } };
  return {
    "JPEG whose Exif is a script": await noise(96, 64).withExif(exif).jpeg().toBuffer(),
    "PNG whose text is a script": Buffer.concat([
      png.subarray(0, 33),
      chunk("tEXt", ascii(`Comment\0${words}`)),
      png.subarray(33),
    ]),
    "PNG with a page behind it": Buffer.concat([png, ascii(`<!doctype html>${words}`)]),
    "GIF that is also a script": Buffer.concat([
      await sharp(png).gif().toBuffer(),
      ascii("/*"),
      ascii(`*/=1;${words}`),
    ]),
  };
}

export function dataUri(bytes: Buffer, type = "image/png"): string {
  return `data:${type};base64,${bytes.toString("base64")}`;
}

// The server and the browser load this file, so it must not import code that needs Node.
import { PNG_SIGNATURE, signatureOf } from "@/lib/media/formats/format";

/**
 * The format of an image. `advice` says what the user can do if the server cannot read this format; it is null if the server can.
 * `isDocument`: a file of this format is often a scanned document. So it is accepted as a file, and sent to the model unchanged.
 * Only an input that takes nothing but images refuses it.
 */
export type ImageFormat = { name: string; type: string; advice: string | null; isDocument?: true };

type Signature = readonly (number | null)[];

const ELSE = "Save the image as JPEG or PNG.";
const heic: ImageFormat = {
  name: "HEIC",
  type: "image/heic",
  advice:
    "Save the photo as JPEG. To take photos as JPEG with an iPhone, choose Settings, Camera, Formats, Most Compatible.",
};
const avif: ImageFormat = { name: "AVIF", type: "image/avif", advice: ELSE };
const tiff: ImageFormat = { name: "TIFF", type: "image/tiff", advice: ELSE, isDocument: true };

const formats: [Signature, ImageFormat][] = [
  [PNG_SIGNATURE, { name: "PNG", type: "image/png", advice: null }],
  [[0xff, 0xd8, 0xff], { name: "JPEG", type: "image/jpeg", advice: null }],
  [signatureOf("RIFF????WEBP"), { name: "WebP", type: "image/webp", advice: null }],
  [signatureOf("GIF8?a"), { name: "GIF", type: "image/gif", advice: null }],
  ...["avif", "avis"].map((brand) => [signatureOf(`????ftyp${brand}`), avif] satisfies [Signature, ImageFormat]),
  // `mif1` is usually the brand of a HEIC. Some AVIF files begin with it too, and get the advice for HEIC, which is also right
  // for them.
  ...["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].map(
    (brand) => [signatureOf(`????ftyp${brand}`), heic] satisfies [Signature, ImageFormat],
  ),
  [[0x49, 0x49, 0x2a, 0], tiff],
  [[0x4d, 0x4d, 0, 0x2a], tiff],
  // A bitmap begins with two letters, the length of the file, and four zeros.
  [[0x42, 0x4d, null, null, null, null, 0, 0, 0, 0], { name: "BMP", type: "image/bmp", advice: ELSE }],
];

/**
 * Returns the format of an image. `start` are the first 12 bytes of the file. Returns null for any other file, such as an SVG.
 */
export function imageFormatOf(start: Uint8Array): ImageFormat | null {
  const found = formats.find(([signature]) => signature.every((byte, at) => byte === null || byte === start[at]));
  return found?.[1] ?? null;
}

/** Returns a message which says that an image of this format cannot be used, and what to do. */
export function explainFormat({ name, advice }: ImageFormat): string {
  return `${name} images cannot be read here. ${advice ?? ""}`.trim();
}

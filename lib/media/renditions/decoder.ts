import "server-only";
import sharp from "sharp";
import { DECODED_TYPES, type FileFacts } from "@/lib/media/formats/format";

/**
 * The highest number of pixels of an image that the server decodes, because each pixel takes memory and time. A larger image is
 * saved and shown, but gets no thumbnail.
 */
export const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;

// The loaders of sharp parse bytes that may be malicious. So only the loaders for `DECODED_TYPES` are enabled. The loaders for
// SVG, AVIF and HEIF stay off. All bundles share the loaders, and each bundle runs this module. Only the first one blocks them,
// because blocking them again could stop an image that is just being opened.
if (!globalThis.darkroomLoadersBlocked) {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: ["Png", "Jpeg", "Webp", "Nsgif"].map((format) => `VipsForeignLoad${format}Buffer`) });
  globalThis.darkroomLoadersBlocked = true;
}
// Each image is decoded in only one thread, because other requests on the same processor are more urgent.
sharp.concurrency(1);
sharp.cache(false);

type Media = Pick<FileFacts, "content_type" | "width" | "height">;

function isDecodedType({ content_type }: Media): boolean {
  return DECODED_TYPES.some((type) => type === content_type);
}

/**
 * Whether the server can probably make a thumbnail and a preview of a file, judging by its type and size. Decoding the file may
 * still fail.
 */
export function canDecode(media: Media): boolean {
  const { width, height } = media;
  return isDecodedType(media) && width !== null && height !== null && width * height <= MAX_PIXELS;
}

/**
 * Whether a file is an image of one of `DECODED_TYPES` that cannot be decoded. The width and height of such an image are null.
 */
export function isUndecodable(media: Media): boolean {
  return isDecodedType(media) && media.width === null;
}

/**
 * Opens an image of one of `DECODED_TYPES`, turned upright, as browsers show it. Of an animation, only the first frame is opened.
 * Reading the pixels throws if the image cannot be decoded, has more than 50 megapixels, or takes over ten seconds. Warnings are
 * ignored, as in browsers, unless `failOn` is "warning".
 */
export function openImage(bytes: Uint8Array, failOn: "error" | "warning" = "error") {
  const options = { limitInputPixels: MAX_PIXELS, sequentialRead: true, failOn };
  return sharp(bytes, options).timeout({ seconds: MAX_SECONDS }).autoOrient();
}

/**
 * Returns the size (px) of an image as it is shown, so after any rotation. Reads only the header of the image. If the header
 * cannot be read, width and height are null.
 */
export async function measureImage(bytes: Uint8Array) {
  const image = sharp(bytes, { limitInputPixels: false });
  const size = await image.metadata().then(
    ({ autoOrient }) => autoOrient,
    () => null,
  );
  return size && size.width > 0 && size.height > 0 ? size : { width: null, height: null };
}

/**
 * Whether an image has all of its pixels, although its end marker (`end`) is missing. To find out, adds the marker and decodes
 * the image. Returns false if the image has too many pixels to be decoded.
 */
export function decodesWithEnd(bytes: Uint8Array, end: readonly number[]): Promise<boolean> {
  const image = openImage(Buffer.concat([bytes, Buffer.from(end)]), "warning");
  // `gamma` changes every pixel, so the decoder must read every pixel. Without `gamma`, the decoder would reduce a baseline JPEG
  // already while it reads the file, and would not warn of missing pixels.
  const pixel = image.gamma().resize(1, 1).raw().toBuffer();
  return pixel.then(
    () => true,
    () => false,
  );
}

import "server-only";
import { MAX_IMAGE_BYTES } from "@/lib/limits/default-limits";
import { UnsupportedFile } from "@/lib/media/file-errors";
import { DECODED_TYPES, type FileFacts } from "@/lib/media/formats/format";
import { cleanImage } from "@/lib/media/metadata/clean-image";
import { openImage } from "@/lib/media/renditions/decoder";
import { makeThumbnail } from "@/lib/media/renditions/thumbnail";
import { ANIMATION_TOO_LARGE, FIT_SIDES, isSmallEnough } from "./fit-limits";

type FitImage = { bytes: Uint8Array<ArrayBuffer>; facts: FileFacts; thumbnail: Uint8Array };
type Type = (typeof DECODED_TYPES)[number];

const EXTENSIONS: Record<Type, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
};
/** The quality of images that must be encoded again. It is so high that the loss is not visible. */
const QUALITY = { "image/jpeg": 92, "image/webp": 90 };

/**
 * Returns an image as models get it: upright, without metadata, and within `MAX_IMAGE_SIDE` and `MAX_IMAGE_BYTES`. It is encoded
 * again only if it must be turned or reduced. A PNG that stays too large becomes a WebP. Also returns a thumbnail. Throws
 * `UnsupportedFile` if the image cannot be decoded, and for an animation that is too large.
 */
export async function fitImage(original: Uint8Array, facts: FileFacts): Promise<FitImage> {
  const clean = cleanImage(original, facts.content_type);
  const type = DECODED_TYPES.find((one) => one === facts.content_type);
  if (!clean || !type) throw new UnsupportedFile("unsupported_output", "The image cannot be decoded.");
  const isSmall = isSmallEnough(clean.bytes.length, facts.width, facts.height);
  if (clean.isAnimated && !isSmall) throw new UnsupportedFile("too_large", ANIMATION_TOO_LARGE);
  try {
    const isFit = clean.isAnimated || (isSmall && clean.orientation === 1);
    // `original` is encoded, because it still contains the orientation, which `clean` has lost.
    const fit = isFit ? { bytes: clean.bytes, facts } : await encodeAgain(original, type, facts);
    const { bytes: thumbnail } = await makeThumbnail(fit.bytes);
    return { ...fit, thumbnail };
  } catch (cause) {
    throw new UnsupportedFile("unsupported_output", "The image cannot be decoded.", { cause });
  }
}

async function encodeAgain(bytes: Uint8Array, type: Type, facts: FileFacts) {
  const kept = type === "image/gif" ? "image/png" : type;
  for (const side of FIT_SIDES) {
    for (const target of kept === "image/png" ? (["image/png", "image/webp"] as const) : [kept]) {
      const image = openImage(bytes).resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
      const { data, info } = await encode(image, target).toBuffer({ resolveWithObject: true });
      const { width, height } = info;
      if (data.length > MAX_IMAGE_BYTES) continue;
      const encoded = { ...facts, content_type: target, extension: EXTENSIONS[target], width, height };
      return { bytes: new Uint8Array(data), facts: encoded };
    }
  }
  // This never happens: at 1024 px, even an image of random pixels is smaller than the limit.
  throw new Error("The image stays too large.");
}

function encode(image: ReturnType<typeof openImage>, type: Exclude<Type, "image/gif">) {
  if (type === "image/png") return image.png();
  return type === "image/jpeg"
    ? image.jpeg({ quality: QUALITY[type] })
    : image.webp({ quality: QUALITY[type], effort: 2 });
}

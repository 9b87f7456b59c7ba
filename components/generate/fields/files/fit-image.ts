import { cleanImage } from "@/lib/media/metadata/clean-image";
import { ANIMATION_TOO_LARGE, isSmallEnough } from "@/lib/media/uploads/fit-limits";
import { explainFormat, imageFormatOf } from "@/lib/media/uploads/image-format";
import { resizeImage, loadImage } from "./resize-image";

type Fit = { file: File } | { problem: string };

/** The format of a file is recognized from this many bytes at its start. */
const startLength = 16;

/**
 * Converts an image to what models accept: upright, without metadata, and within `MAX_IMAGE_SIDE` and `MAX_IMAGE_BYTES`. Also
 * converts images that the server cannot read, such as HEIC, because some browsers can read them. Returns any other file
 * unchanged: the server checks it. If `isImage` is true, the field takes only images made of pixels, so SVG and TIFF files are
 * also converted.
 */
export async function fitImage(file: File, isImage: boolean): Promise<Fit> {
  const format = imageFormatOf(new Uint8Array(await file.slice(0, startLength).arrayBuffer()));
  if (format && !format.advice) return fitKnown(file, format.type);
  const isDrawing = isImage && file.type === "image/svg+xml";
  if ((!format && !isDrawing) || (format?.isDocument && !isImage)) return { file };
  const image = await loadImage(file);
  const drawn = image && (await resizeImage(image, file.name, format?.type ?? file.type));
  if (drawn) return { file: drawn };
  return { problem: format ? explainFormat(format) : "This browser cannot read this SVG. Save it as PNG." };
}

async function fitKnown(file: File, type: string): Promise<Fit> {
  const clean = await readClean(file, type);
  const image = await loadImage(file);
  // An image that cannot be read is sent unchanged: the server's error says what is wrong with it.
  if (!clean || !image) return { file };
  const isSmall = isSmallEnough(clean.bytes.length, image.naturalWidth, image.naturalHeight);
  if (clean.isAnimated && !isSmall) return { problem: ANIMATION_TOO_LARGE };
  if (!clean.isAnimated && !(isSmall && clean.orientation === 1)) {
    // If the browser cannot draw the image, the original is sent, and the server converts it.
    return { file: (await resizeImage(image, file.name, type)) ?? file };
  }
  return { file: clean.bytes.length === file.size ? file : new File([clean.bytes], file.name, { type }) };
}

async function readClean(file: File, type: string) {
  try {
    return cleanImage(new Uint8Array(await file.arrayBuffer()), type);
  } catch {
    return null;
  }
}

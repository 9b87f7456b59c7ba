import { MAX_IMAGE_BYTES } from "@/lib/limits/default-limits";
import { FIT_SIDES } from "@/lib/media/uploads/fit-limits";

/** The quality of the written JPEG and WebP files (0 to 1). It is so high that the loss is not visible. */
const quality = 0.92;
/** `isOpaque` reads this many rows of pixels at a time, so that it needs little memory. */
const band = 256;

/**
 * Loads an image as the browser shows it, so a photo that was taken sideways is turned upright. Returns null if the browser
 * cannot read the file.
 */
export async function loadImage(file: File): Promise<HTMLImageElement | null> {
  const image = new Image();
  const url = URL.createObjectURL(file);
  try {
    image.src = url;
    await image.decode();
    return image.naturalWidth > 0 ? image : null;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Draws an image into a new file, within `MAX_IMAGE_SIDE` and `MAX_IMAGE_BYTES`. A transparent image stays transparent. `type` is
 * the format of the original file. Returns null if the browser cannot draw the image, for example because of too little memory.
 */
export async function resizeImage(image: HTMLImageElement, name: string, type: string): Promise<File | null> {
  const { naturalWidth: width, naturalHeight: height } = image;
  for (const side of FIT_SIDES) {
    const scale = Math.min(1, side / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d");
    if (!context) return null;
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    for (const wanted of typesFor(type, type === "image/jpeg" || isOpaque(context))) {
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, wanted, quality));
      // If a browser cannot write a format, it writes a PNG instead. So the type of the result is checked.
      if (blob && blob.type === wanted && blob.size <= MAX_IMAGE_BYTES) return toFile(blob, name);
    }
  }
  return null;
}

/** Returns the types that the new file may have. The first type is tried first. */
function typesFor(type: string, opaque: boolean): string[] {
  if (!opaque) return ["image/png", "image/webp"];
  return type === "image/png" ? ["image/png", "image/jpeg"] : ["image/jpeg"];
}

function isOpaque(context: CanvasRenderingContext2D): boolean {
  const { width, height } = context.canvas;
  for (let top = 0; top < height; top += band) {
    const { data } = context.getImageData(0, top, width, Math.min(band, height - top));
    for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  }
  return true;
}

function toFile(blob: Blob, name: string): File {
  const extension = blob.type.replace("image/", "").replace("jpeg", "jpg");
  return new File([blob], `${name.replace(/\.\w+$/, "") || "image"}.${extension}`, { type: blob.type });
}

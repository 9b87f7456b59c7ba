import type { MediaItem } from "@/components/media/media-item";

/**
 * The names of formats, by content type. The name of a format that is not in this list is the part of the content type after the
 * slash: `image/png` is PNG.
 */
const names: Record<string, string> = {
  "image/svg+xml": "SVG",
  "image/webp": "WebP",
  "video/webm": "WebM",
  "video/quicktime": "MOV",
  "audio/mpeg": "MP3",
  "audio/mp4": "M4A",
  "audio/webm": "WebM",
  "audio/x-m4a": "M4A",
  "audio/vnd.wave": "WAV",
  "model/gltf-binary": "GLB",
  "model/gltf+json": "glTF",
  "application/x-tar": "TAR",
  "application/octet-stream": "Unknown type",
  "text/plain": "Text",
};

/** Returns the format of a file in a word, such as "MP4". Null until the file is saved. */
export function typeOf({ content_type: type }: Pick<MediaItem, "content_type">) {
  if (type === null) return null;
  return names[type] ?? type.replace(/^.*\/(x-|vnd\.)?/, "").toUpperCase();
}

/** Whether the file is an image made of pixels, which models and tools can read. An SVG is not: it contains drawing commands. */
export function isRaster({ kind, content_type: type }: Pick<MediaItem, "kind" | "content_type">) {
  return kind === "image" && type !== "image/svg+xml";
}

/** Browsers can show images in these formats. But the server cannot decode them, so it does not always know their size. */
const browserFormats = ["image/svg+xml", "image/avif"];

/**
 * Whether an image is saved but cannot be decoded, so that its size is unknown. False for the formats in `browserFormats`, and
 * for an image that is not saved yet. Their sizes may be unknown too, but they are not damaged.
 */
export function isDamaged({ kind, content_type: type, width }: Pick<MediaItem, "kind" | "content_type" | "width">) {
  return kind === "image" && type !== null && width === null && !browserFormats.includes(type);
}

/**
 * Returns the attributes of a link that downloads a file. A file without an id is still at Replicate. Browsers open a file of
 * another site instead of downloading it. So the link to such a file opens a new tab, and this page stays open.
 */
export function downloadProps({ id, src }: Pick<MediaItem, "id" | "src">) {
  return id
    ? { href: `/api/media/${id}?download`, download: true }
    : { href: src, download: true, target: "_blank", rel: "noreferrer" };
}

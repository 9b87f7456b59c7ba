import type { MediaItem } from "./media-item";

/** The formats whose name is not the end of their content type. */
const names: Record<string, string> = {
  "image/svg+xml": "SVG",
  "image/webp": "WebP",
  "video/webm": "WebM",
  "video/quicktime": "MOV",
  "audio/mpeg": "MP3",
  "audio/mp4": "M4A",
  "audio/x-m4a": "M4A",
  "audio/vnd.wave": "WAV",
  "model/gltf-binary": "GLB",
  "model/gltf+json": "glTF",
  "application/x-tar": "TAR",
  "application/octet-stream": "Unknown type",
  "text/plain": "Text",
};

/** The format of a saved file in a word: "MP4". Null until it is saved. */
export function typeOf({ content_type: type }: Pick<MediaItem, "content_type">) {
  if (type === null) return null;
  return names[type] ?? type.replace(/^.*\/(x-|vnd\.)?/, "").toUpperCase();
}

/** Whether a model or tool can read the file as an image: its pixels, not its drawing commands. */
export function isRaster({ kind, content_type: type }: Pick<MediaItem, "kind" | "content_type">) {
  return kind === "image" && type !== "image/svg+xml";
}

/** The server cannot decode these formats, so their size is not always known. Browsers show them. */
const browserFormats = ["image/svg+xml", "image/avif"];

/** Whether a saved image cannot be decoded. Before it is saved, its size is not known. */
export function isDamaged({ kind, content_type: type, width }: Pick<MediaItem, "kind" | "content_type" | "width">) {
  return kind === "image" && type !== null && width === null && !browserFormats.includes(type);
}

/** The attributes of a link that downloads a file. Browsers open a file of another site instead, so that gets its own tab. */
export function downloadProps({ id, src }: Pick<MediaItem, "id" | "src">) {
  return id
    ? { href: `/api/media/${id}?download`, download: true }
    : { href: src, download: true, target: "_blank", rel: "noreferrer" };
}

import { DECODED_TYPES } from "@/lib/media/formats/format";

/** The content types that browsers may show. */
const SHOWN: readonly string[] = [
  ...DECODED_TYPES,
  "image/avif",
  "video/mp4",
  "video/webm",
  "video/quicktime",
  "audio/mpeg",
  "audio/mp4",
  "audio/wav",
  "audio/flac",
  "audio/ogg",
  "audio/webm",
];

/**
 * The content types of files that a browser downloads instead of showing them in a tab. A page can show an SVG in an `<img>`,
 * where browsers do not run its scripts.
 */
const DOWNLOADED: readonly string[] = [
  "image/svg+xml",
  "model/gltf-binary",
  "model/gltf+json",
  "application/zip",
  "application/pdf",
];

/**
 * Returns the `Content-Type` with which a saved file is served, and whether browsers may show it. A type that is neither in
 * `SHOWN` nor in `DOWNLOADED` is served as plain bytes.
 */
export function servedType(type: string): { contentType: string; isShown: boolean } {
  const isShown = SHOWN.includes(type);
  return { contentType: isShown || DOWNLOADED.includes(type) ? type : "application/octet-stream", isShown };
}

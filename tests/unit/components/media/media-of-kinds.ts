import { type MediaItem, toMediaItem } from "@/components/media/media-item";
import type { MediaKind } from "@/lib/media/schema";
import { imageOf } from "../gallery/image";

const types: Record<MediaKind, string> = {
  image: "image/png",
  video: "video/webm",
  audio: "audio/mpeg",
  model3d: "model/gltf-binary",
  file: "application/zip",
};

/** Returns a saved file of this kind, with the prompt "a red fox". A video or a sound lasts five seconds. */
export function itemOf(kind: MediaKind, changes: Partial<MediaItem> = {}): MediaItem {
  const isTimed = kind === "video" || kind === "audio";
  const hasSize = kind === "image" || kind === "video";
  const media = { ...imageOf("red"), kind, content_type: types[kind], duration_ms: isTimed ? 5000 : null };
  const size = hasSize ? {} : { width: null, height: null };
  return { ...toMediaItem({ ...media, ...size, ...(kind === "image" ? {} : { thumb_url: null }) }), ...changes };
}

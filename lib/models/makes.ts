import type { OpenApiSchema } from "@/lib/replicate/schema";
import { getProperties, toSchema } from "./schema-properties";

/** `other`: 3D models, documents, or an object with several outputs. */
export type Makes = "image" | "video" | "audio" | "text" | "other";

// The OpenAPI document of a version tells text from files, but not images from videos or audio. For that, the names of the
// inputs are needed.
const VIDEO_INPUTS =
  /^(fps|seconds|frames_per_second|num_frames|generate_audio|camera_fixed|(first|last|start|end)_(frame(_image)?|image)|video)$/;
const AUDIO_INPUTS = /voice|lyrics|sample_rate|bitrate|audio_format|input_audio/;

/**
 * Returns what a version makes, according to its OpenAPI document. Without a document, the answer is images, because nearly
 * every model that takes only a prompt makes images.
 */
export function whatItMakes(document: OpenApiSchema | null): Makes {
  const { Output: output } = document?.components.schemas ?? {};
  if (!document || !output) return "image";
  const items = output["type"] === "array" ? toSchema(output["items"]) : output;
  if (items["type"] !== "string") return "other";
  if (items["format"] !== "uri") return "text";
  const names = (getProperties(document) ?? []).map(({ name }) => name);
  if (names.some((name) => VIDEO_INPUTS.test(name))) return "video";
  if (names.some((name) => AUDIO_INPUTS.test(name))) return "audio";
  // An image has no duration.
  if (!names.includes("duration")) return "image";
  return names.some((name) => /image|aspect_ratio/.test(name)) ? "video" : "audio";
}

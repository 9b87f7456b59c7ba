import type { SharedMedia } from "@/lib/media/schema";
import type { Field } from "@/lib/models/inputs/fields";
import { withSizes } from "@/lib/models/inputs/size-choices";
import type { Prediction } from "@/lib/predictions/schema";

export const sdxl: Field[] = withSizes([
  { name: "prompt", label: "Prompt", kind: "longtext", required: false, default: "An astronaut", order: 0 },
  { name: "negative_prompt", label: "Negative Prompt", kind: "longtext", required: false, default: "", order: 1 },
  { name: "image", label: "Image", kind: "file", takes: "image", required: false, order: 2 },
  { name: "width", label: "Width", kind: "integer", required: false, default: 1024, order: 4 },
  { name: "height", label: "Height", kind: "integer", required: false, default: 1024, order: 5 },
  {
    name: "num_outputs",
    label: "Number of outputs",
    kind: "integer",
    required: false,
    default: 1,
    min: 1,
    max: 4,
    isCount: true,
    order: 6,
  },
  {
    name: "scheduler",
    label: "Scheduler",
    kind: "select",
    required: false,
    default: "K_EULER",
    options: ["DDIM", "K_EULER"],
    order: 7,
  },
  {
    name: "num_inference_steps",
    label: "Steps",
    kind: "integer",
    required: false,
    default: 50,
    min: 1,
    max: 500,
    order: 8,
  },
  {
    name: "guidance_scale",
    label: "Guidance",
    kind: "number",
    required: false,
    default: 7.5,
    min: 1,
    max: 50,
    order: 9,
  },
  { name: "seed", label: "Seed", kind: "seed", required: false, order: 11 },
  { name: "apply_watermark", label: "Apply Watermark", kind: "boolean", required: false, default: true, order: 15 },
]);

export const flux: Field[] = [
  { name: "prompt", label: "Prompt", kind: "longtext", required: true, order: 0 },
  {
    name: "aspect_ratio",
    label: "Aspect Ratio",
    kind: "select",
    required: false,
    default: "1:1",
    options: ["16:9", "1:1", "9:21"],
    order: 1,
  },
  {
    name: "num_outputs",
    label: "Number of outputs",
    kind: "integer",
    required: false,
    default: 1,
    min: 1,
    max: 4,
    isCount: true,
    order: 2,
  },
  {
    name: "megapixels",
    label: "Megapixels",
    kind: "select",
    required: false,
    default: 1,
    options: [1, 0.25],
    order: 9,
  },
];

const id = "0b9f6f0e-5f1c-4c7e-9d6e-2f6f7c1f0a01";

export function predictionOf(changes: Partial<Prediction> = {}): Prediction {
  return {
    id,
    model: "stability-ai/sdxl",
    version: null,
    tool: null,
    parent_image_id: null,
    input: { prompt: "a red fox", width: 1024, height: 768 },
    status: "starting",
    provisional: false,
    output: null,
    links: [],
    error: null,
    error_code: null,
    logs: "",
    progress: null,
    metrics: null,
    cost_usd: null,
    cost_basis: null,
    created_at: "2026-11-01T10:00:00.000Z",
    started_at: null,
    completed_at: null,
    queued_until: null,
    output_expires_at: null,
    saved_at: null,
    save_error: null,
    images: [],
    revision: 1,
    urls: { get: `/api/replicate/${id}`, cancel: `/api/replicate/${id}` },
    ...changes,
  };
}

export const savedImage: Prediction["images"][number] = {
  id: "5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02",
  position: 0,
  url: "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02",
  thumb_url: "/api/media/5f0f6a54-9d8f-4a55-8f6e-0a5a0f1f2b02?size=thumb",
  poster_url: null,
  kind: "image",
  duration_ms: null,
  content_type: "image/png",
  width: 1024,
  height: 768,
  bytes: 1_400_000,
  seed: 7,
  placeholder: "#7a6b5c",
  subject: null,
  favorite: false,
  alt: null,
  share_token: null,
  sharing: "allowed",
};

/** A shared image, with the fields that everyone with its link can read. */
export function sharedImage(changes: Partial<SharedMedia>): SharedMedia {
  return {
    url: "/a",
    download_url: "/a?download",
    preview: { url: "/b", width: 9, height: 9 },
    prompt: "a fox",
    alt: null,
    tool: null,
    model: "a/b",
    kind: "image",
    content_type: "image/png",
    duration_ms: null,
    poster_url: null,
    width: 9,
    height: 9,
    bytes: 9,
    ...changes,
  };
}

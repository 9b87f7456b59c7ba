import type { GalleryMedia } from "@/lib/media/schema";
import { savedImage } from "../generate/fixtures";

/** Returns an image of the gallery. With the name "red", its prompt is "a red fox". */
export function imageOf(name: string): GalleryMedia {
  return {
    ...savedImage,
    id: `id-${name}`,
    url: `/api/media/id-${name}`,
    thumb_url: `/api/media/id-${name}?size=thumb`,
    prediction_id: "p1",
    prompt: `a ${name} fox`,
    model: "stability-ai/sdxl",
    input: { prompt: `a ${name} fox`, num_inference_steps: 30 },
    tool: null,
    parent_image_id: null,
    created_at: "2026-11-01T10:00:00.000Z",
  };
}

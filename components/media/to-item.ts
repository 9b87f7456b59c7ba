import type { GalleryImage } from "@/lib/media/schema";
import { keyOf, type MediaItem } from "./item";

/** An image of the gallery, as it is shown. Its key is its id. */
export function toMediaItem(image: GalleryImage): MediaItem {
  const { id, url, thumb_url, width, height, bytes, prompt, subject, tool, model, input, seed, created_at } = image;
  const { favorite, share_token } = image;
  return {
    key: id,
    id,
    src: url,
    thumb: thumb_url ?? url,
    placeholder: image.placeholder,
    width,
    height,
    bytes,
    prompt,
    subject,
    tool,
    model,
    input,
    seed,
    createdAt: created_at,
    favorite,
    share_token,
  };
}

/** The same with the key that it has among the images of its prediction. */
export function toJobMediaItem(image: GalleryImage): MediaItem {
  return { ...toMediaItem(image), key: keyOf(image.prediction_id, image.position) };
}

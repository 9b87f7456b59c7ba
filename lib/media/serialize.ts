import "server-only";
import type { ImageRow } from "./rows";
import type { GalleryImage, Image } from "./schema";

/** Where an image's bytes are, as a path of this app. */
export function imageUrl(id: string): string {
  return `/api/media/${id}`;
}

/** A kept file as the API shows it. */
export function serializeImage(row: ImageRow): Image {
  const url = imageUrl(row.id);
  const { id, position, content_type, width, height, bytes, seed, placeholder, subject, favorite, share_token } = row;
  return {
    id,
    position,
    url,
    thumb_url: row.thumb_path && `${url}?size=thumb`,
    content_type,
    width,
    height,
    bytes,
    seed,
    // Behind what is cut out it would be seen.
    placeholder: row.tool === "remove-background" ? null : placeholder,
    subject,
    favorite,
    share_token,
  };
}

/** The same with what it was made from. */
export function serializeGalleryImage(row: ImageRow): GalleryImage {
  const { prediction_id, prompt, model, input, tool, parent_image_id, created_at } = row;
  return { ...serializeImage(row), prediction_id, prompt, model, input, tool, parent_image_id, created_at };
}

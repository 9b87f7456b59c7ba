import "server-only";
import { env } from "@/lib/env";
import { mediaPath } from "./media-urls";
import { GalleryMedia, Media, type MediaRow } from "./schema";

export function serializeMedia(row: MediaRow): Media {
  return Media.parse(withUrls(row));
}

export function serializeGalleryMedia(row: MediaRow): GalleryMedia {
  return GalleryMedia.parse(withUrls(row));
}

/**
 * Adds to the row of a file its URLs, and whether it may be shared. The result still has columns that the API does not return.
 * The schemas of the API drop them.
 */
function withUrls(row: MediaRow) {
  const url = mediaPath(row.id);
  return {
    ...row,
    url,
    thumb_url: row.thumb_path && `${url}?size=thumb`,
    poster_url: row.poster_path && `${url}?size=poster`,
    sharing: sharingOf(row),
    // A removed background is transparent. The placeholder is behind the image, so its color would be visible there.
    placeholder: row.tool === "remove-background" ? null : row.placeholder,
  };
}

function sharingOf({ taken_down_at }: MediaRow): Media["sharing"] {
  if (taken_down_at) return "taken_down";
  return env().SHARING ? "allowed" : "off";
}

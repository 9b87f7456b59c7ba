import "server-only";
import { AppError } from "@/lib/errors";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/file-errors";
import { inspectImage } from "@/lib/media/inspect";
import { MediaRow } from "@/lib/media/schema";
import * as storage from "@/lib/media/storage";
import { processState } from "@/lib/process-globals";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { makePreview, makeThumbnail } from "./thumbnail";

/** The largest size of the image of a frame that a browser may send (bytes). */
export const MAX_POSTER_BYTES = 2_000_000;

/**
 * Saves a poster (at most `PREVIEW` px) and a thumbnail for the user's video. Both are made from the first frame, which the
 * user's browser sends as an image. `readFrame` reads this image. It is not called if the video already has a poster, because an
 * existing poster is never replaced. Returns the row, or null if the video was deleted. Throws `invalid_input` if the file is not
 * a video, `unsupported_media_type` if the image cannot be decoded, and `invalid_body` if the image is incomplete.
 */
export async function savePoster(
  row: MediaRow,
  readFrame: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<MediaRow | null> {
  if (row.kind !== "video") throw new AppError("invalid_input", "Only a video has a poster.");
  if (row.poster_path) return row;
  const { poster, thumbnail } = await decodeFrame(await readFrame());
  const base = row.storage_path.replace(/[^.]*$/, "");
  const [poster_path, thumb_path] = [`${base}poster.jpg`, `${base}thumb.webp`];
  await storage.put(poster_path, poster, "image/jpeg");
  await storage.put(thumb_path, thumbnail.bytes, "image/webp");
  const media = adminClient().from("sdxl_images").update({ poster_path, thumb_path, placeholder: thumbnail.color });
  const result = await media.eq("id", row.id).eq("user_id", row.user_id).select().maybeSingle();
  return MediaRow.nullable().parse(unwrap(result));
}

/** Makes the poster and the thumbnail from a frame. Only one frame at a time is decoded, because decoding takes memory. */
function decodeFrame(frame: Uint8Array<ArrayBuffer>) {
  return processState.readingLargeFiles(async () => {
    try {
      await inspectImage(new Blob([frame]));
      return { poster: await makePreview(frame), thumbnail: await makeThumbnail(frame) };
    } catch (cause) {
      if (cause instanceof UnavailableFile) throw new AppError("invalid_body", "The image is incomplete.", { cause });
      const message = cause instanceof UnsupportedFile ? cause.message : "The image cannot be decoded.";
      throw new AppError("unsupported_media_type", message, { cause });
    }
  });
}

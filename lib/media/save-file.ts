import "server-only";
import { z } from "zod";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-globals";
import { adminClient } from "@/lib/supabase/admin-client";
import { isOutage, unwrap } from "@/lib/supabase/result";
import { freeUsedBuffers } from "./free-used-buffers";
import { fetchOutputFile } from "./fetch-output-file";
import { inspectFile } from "./inspect";
import { extensionOf } from "./output-files";
import { markUndecodable } from "./queries";
import { readWhole } from "./read-whole-file";
import { canDecode, isUndecodable } from "./renditions/decoder";
import { makeThumbnail } from "./renditions/thumbnail";
import * as storage from "./storage";

/** `position` is the file's index among the files of the prediction's output. */
type OutputFile = { userId: string; predictionId: string; position: number; url: string; seed: number | null };

/**
 * Checks one output file, copies it unchanged into our storage, and inserts its row. Returns false if the file is a complete
 * image that cannot be decoded. Such an image is saved too, but its width and height are null. The same file can safely be saved
 * twice: its row is inserted only once, and never after the user has deleted the file. Throws `UnsupportedFile` if the file can
 * never be saved, and `UnavailableFile` if it could not be fetched or is damaged. Other errors are `db_unavailable`,
 * `storage_full`, an error of our own disk, or a bug.
 */
export function saveFile(file: OutputFile): Promise<boolean> {
  return processState.copyingFiles(async () => {
    const maxBytes = env().MAX_FILE_MB * 1_000_000;
    const stop = freeUsedBuffers();
    try {
      const download = await fetchOutputFile(file.url, { allowedOrigins: env().REPLICATE_DELIVERY_ORIGINS, maxBytes });
      try {
        return await storeFile(file, download);
      } finally {
        await download.remove();
      }
    } finally {
      stop();
    }
  });
}

async function storeFile(file: OutputFile, download: Awaited<ReturnType<typeof fetchOutputFile>>): Promise<boolean> {
  const { userId, predictionId, position, url, seed } = file;
  const { blob, sha256, crc32 } = download;
  const { extension, ...facts } = await inspectFile({ ...download, extension: extensionOf(url) });
  const base = `${userId}/${predictionId}/${position}`;
  const path = `${base}.${extension}`;
  await storage.put(path, blob, facts.content_type);
  const source_url = url.startsWith("data:") ? "data:" : url;
  const media = { ...facts, bytes: blob.size, sha256, crc32, position, seed, storage_path: path, source_url };
  const result = await adminClient().rpc("save_media", { p_prediction: predictionId, p_media: media });
  const [saved] = z.array(z.object({ id: z.uuid() })).parse(unwrap(result));
  if (!saved || !canDecode(facts)) return !isUndecodable(facts);
  return readWhole(blob, (bytes) => addThumbnail(saved.id, `${base}.thumb.webp`, bytes));
}

/**
 * Makes the thumbnail of a saved image, and stores it at `path`. Returns false if the image cannot be decoded. Throws only
 * `db_unavailable` or `storage_full`, so that the caller tries again later. Other errors are only logged, because an image can be
 * shown without a thumbnail.
 */
async function addThumbnail(imageId: string, path: string, bytes: Uint8Array): Promise<boolean> {
  const thumbnail = await makeThumbnail(bytes).catch((error: unknown) => {
    log.error("undecodable_file", { image: imageId, error });
    return null;
  });
  if (!thumbnail) {
    await markUndecodable(imageId);
    return false;
  }
  try {
    await storage.put(path, thumbnail.bytes, "image/webp");
    const columns = { thumb_path: path, placeholder: thumbnail.color };
    const images = adminClient().from("sdxl_images").update(columns);
    const updated = z.array(z.unknown()).parse(unwrap(await images.eq("id", imageId).select("id")));
    // If there is no row, the image was deleted in the meantime. So its thumbnail is removed too.
    if (updated.length === 0) await storage.remove([path]);
  } catch (error) {
    log.error("thumbnail_failed", { image: imageId, error });
    if (isOutage(error)) throw error;
  }
  return true;
}

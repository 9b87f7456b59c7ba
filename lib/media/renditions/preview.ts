import "server-only";
import pLimit from "p-limit";
import { createCache } from "@/lib/cache";
import { log } from "@/lib/log";
import { notFound } from "@/lib/request-params";
import { markUndecodable } from "@/lib/media/queries";
import type { MediaRow } from "@/lib/media/schema";
import * as storage from "@/lib/media/storage";
import { makePreview } from "./thumbnail";

/** Only one preview is generated at a time, because decoding the original takes memory. */
const queue = pLimit(1);
/**
 * How long this process remembers that an image cannot be decoded (ms). `markUndecodable` also records it in the image's row, but
 * a request may have read the row before that. Without this cache, such a request would decode the image again.
 */
const REMEMBER = 60 * 60_000;

const previews = createCache<Uint8Array<ArrayBuffer> | null>({ ttl: (bytes) => (bytes ? 0 : REMEMBER) });

/**
 * Returns the preview of a file. Returns null if the file cannot be decoded. The preview is generated when it is first requested,
 * and is stored in the folder of the original, so that both are deleted together. Concurrent requests for the same file wait for
 * the same preview. Throws `not_found` if storage does not have the original, and `db_unavailable` if storage is unavailable.
 */
export async function getPreview({ id, storage_path: path }: Pick<MediaRow, "id" | "storage_path">) {
  const previewPath = path.replace(/[^.]*$/, "preview.jpg");
  const generate = async () => {
    // Another request may have generated the preview in the meantime.
    const stored = await storage.get(previewPath);
    if (stored) return new Response(stored).bytes();
    const original = await new Response((await storage.get(path)) ?? notFound()).bytes();
    const preview = await makePreview(original).catch((error: unknown) => {
      log.error("preview_failed", { file: id, error });
      return null;
    });
    if (preview) await storage.put(previewPath, preview, "image/jpeg");
    else await markUndecodable(id);
    return preview && new Uint8Array(preview);
  };
  return (await storage.get(previewPath)) ?? previews(previewPath, () => queue(generate));
}

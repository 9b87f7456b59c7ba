import "server-only";
import { createHash } from "node:crypto";
import pLimit from "p-limit";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { downloadFile } from "./download";
import { UnsupportedFile } from "./errors";
import { inspectImage } from "./inspect";
import { saveMediaRow, setThumbnail } from "./rows";
import { makeThumbnail } from "./thumbnail";

const BUCKET = "images";
/** What the bucket's own limits refuse, once in HTTP's words and once in the body of a 400. */
const Refusal = z.object({ status: z.number().optional(), statusCode: z.string().optional() });

declare global {
  // Each route is bundled apart: they take turns together.
  var darkroomCopying: ReturnType<typeof pLimit> | undefined;
}

/** Copies at one time in this process: at most this many files (≤ 25 MB each) are in memory. */
const copying = (globalThis.darkroomCopying ??= pLimit(8));

type File = {
  userId: string;
  predictionId: string;
  /** The file's place in the prediction's output. */
  position: number;
  url: string;
  seed: number | null;
};

/**
 * Copies one output file into our storage, checked and unchanged, and records it once. Repeating it after any
 * interruption ends in the same object and the same row; one that was deleted meanwhile is not kept again. Throws
 * `UnsupportedFile` for what must not be kept, `UnavailableFile` for what may come later; whatever else it throws is our
 * own storage's failure.
 */
export function saveFile(file: File): Promise<void> {
  return copying(async () => {
    const bytes = await downloadFile(file.url, { allowedOrigins: env().REPLICATE_DELIVERY_ORIGINS });
    const { contentType, extension, width, height } = inspectImage(bytes);
    const base = `${file.userId}/${file.predictionId}/${file.position}`;
    const path = `${base}.${extension}`;
    await upload(path, bytes, contentType);
    const image = await saveMediaRow(file.predictionId, {
      position: file.position,
      seed: file.seed,
      storage_path: path,
      content_type: contentType,
      width,
      height,
      bytes: bytes.byteLength,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      // A data URI is the file itself.
      source_url: file.url.startsWith("data:") ? "data:" : file.url,
    });
    if (image) await addThumbnail(image.id, `${base}.thumb.webp`, bytes);
  });
}

/**
 * An image without a thumbnail is still an image: that none can be made of it is only noted. Where our own storage or
 * database failed, it throws, since a moment later they may not.
 */
async function addThumbnail(imageId: string, path: string, bytes: Uint8Array) {
  try {
    const thumbnail = await makeThumbnail(bytes);
    await upload(path, thumbnail.bytes, "image/webp");
    // Deleted in this moment, with all files that there were.
    if (!(await setThumbnail(imageId, path, thumbnail.color)))
      unwrap(await adminClient().storage.from(BUCKET).remove([path]));
  } catch (error) {
    log.error("thumbnail_failed", { image: imageId, error });
    if (error instanceof AppError && error.code === "db_unavailable") throw error;
  }
}

async function upload(path: string, bytes: Uint8Array, contentType: string) {
  const body = new Blob([new Uint8Array(bytes)], { type: contentType });
  const answer = await adminClient().storage.from(BUCKET).upload(path, body, { contentType, upsert: true });
  const { status, statusCode } = Refusal.safeParse(answer.error).data ?? {};
  if (status === 413 || statusCode === "413")
    throw new UnsupportedFile("too_large", "The bucket takes no file so large.");
  if (status === 415 || statusCode === "415")
    throw new UnsupportedFile("unsupported_output", "The bucket takes no such file.");
  unwrap(answer);
}

import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import { unwrap, adminClient } from "@/lib/supabase/admin";
import { TruncatedFile, UnsupportedFile } from "./errors";
import { uploadPath } from "./paths";
import { type ImageFacts, inspectImage } from "./inspect";
import type { Upload, UploadRow } from "./schema";
import { finishUpload, startUpload } from "./upload-rows";

/** Bytes. Next cuts what is longer than 10 MiB without saying so. */
export const MAX_UPLOAD = 10_000_000;
/** Of one person at one time: the one that was not used for the longest time, at least a day, gives way to another. */
const MOST = 100;

/**
 * Keeps an image of this person's for models to work on, checked by its bytes and unchanged. The same image again is the
 * same upload. Throws `unsupported_media_type`, `payload_too_large`, `invalid_body` for a file that was cut, `quota_exceeded`.
 */
export async function saveUpload(userId: string, bytes: Uint8Array<ArrayBuffer>): Promise<UploadRow> {
  const { contentType, extension, width, height } = factsOf(bytes);
  const id = randomUUID();
  const row = await startUpload(
    userId,
    {
      id,
      storage_path: `${userId}/uploads/${id}.${extension}`,
      content_type: contentType,
      width,
      height,
      bytes: bytes.byteLength,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    },
    MOST,
  );
  if (!row) {
    throw new AppError(
      "quota_exceeded",
      `In a day ${MOST} images can be brought along for models to work on. Try again tomorrow.`,
    );
  }
  if (row.stored_at) return row;
  const body = new Blob([bytes], { type: contentType });
  unwrap(await adminClient().storage.from("images").upload(row.storage_path, body, { contentType, upsert: true }));
  const kept = await finishUpload(row.id);
  if (!kept) throw new AppError("internal", "The image was not kept. Try again.");
  return kept;
}

/** An upload as the API shows it. */
export function serializeUpload({ id, content_type, width, height, bytes }: UploadRow): Upload {
  return { id, url: uploadPath(id), content_type, width, height, bytes };
}

function factsOf(bytes: Uint8Array): ImageFacts {
  try {
    return inspectImage(bytes);
  } catch (cause) {
    if (cause instanceof TruncatedFile) throw new AppError("invalid_body", "The image is not complete.", { cause });
    if (!(cause instanceof UnsupportedFile)) throw cause;
    if (cause.reason === "too_large") throw new AppError("payload_too_large", cause.message, { cause });
    throw new AppError("unsupported_media_type", "Only PNG, JPEG, WebP and GIF images can be used.", { cause });
  }
}

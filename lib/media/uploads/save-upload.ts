import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { AppError } from "@/lib/errors";
import { MAX_API_FILES, MAX_UPLOADS } from "@/lib/limits/default-limits";
import { blockedError, getStorageLimits, storageLimitError } from "@/lib/limits/storage-limits";
import { type Checksums, checksumsOf } from "@/lib/media/checksums";
import { UnavailableFile, UnsupportedFile } from "@/lib/media/file-errors";
import { DECODED_TYPES, type FileFacts } from "@/lib/media/formats/format";
import { inspectUpload } from "@/lib/media/inspect";
import { cleanMp4 } from "@/lib/media/metadata/clean-mp4";
import { readWhole } from "@/lib/media/read-whole-file";
import { UploadRow } from "@/lib/media/schema";
import * as storage from "@/lib/media/storage";
import { notFound } from "@/lib/request-params";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { describeUnchangedFile } from "./describe-unchanged-file";
import { cleanName, extensionIn } from "./file-name";
import { fitImage } from "./fit-image";

/**
 * `name` is the name of the file on the user's device. `pendingId` is set only for a file that was sent directly to storage: the
 * id of its pending upload. `requireType` is called with the file's content type before anything is stored. It throws if the
 * caller does not want a file of this type.
 */
type NewUpload = Checksums & {
  blob: Blob;
  name: string;
  pendingId?: string;
  requireType?: (contentType: string) => void;
};

/** A file that is stored exactly as it was sent. `contentType` is the type that the client has sent. */
type ExactUpload = Checksums & {
  blob: Blob;
  name: string;
  contentType: string;
  metadata: UploadRow["metadata"] & object;
};

/** The content types of the files that `cleanMp4` cleans. */
const MP4_TYPES = ["video/mp4", "video/quicktime", "audio/mp4"];

const Started = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "found"]), upload: UploadRow }),
  z.object({ outcome: z.enum(["gone", "blocked", "upload_limit", "storage_limit", "storage_total_limit"]) }),
]);

/**
 * The uploads that this process is saving at the moment. Concurrent calls for the same file share one save, because storage may
 * reject a file that is written twice at the same time.
 */
const saving = createCache<UploadRow>({ ttl: 0 });

/** Saves the bytes of a request as an upload: see `saveUpload`. */
export async function saveBytes(
  userId: string,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  requireType?: NewUpload["requireType"],
): Promise<UploadRow> {
  const blob = new Blob([bytes]);
  return saveUpload(userId, { blob, ...(await checksumsOf(blob)), name, requireType });
}

/**
 * Checks a file and saves it as a model input. An image is saved as `fitImage` returns it. An MP4, MOV or M4A file is saved
 * without the metadata that `cleanMp4` removes. Any other file is saved unchanged. If the user has uploaded the same file before,
 * returns that upload. Throws `unsupported_media_type`, `payload_too_large`, `quota_exceeded`, `storage_limit`, `invalid_body`
 * for an incomplete file, and `not_found` if the pending upload has ended.
 */
export async function saveUpload(userId: string, file: NewUpload): Promise<UploadRow> {
  try {
    return await saving(`${userId} ${file.sha256} ${file.pendingId}`, () => storeUpload(userId, file));
  } catch (cause) {
    if (cause instanceof UnavailableFile) {
      throw new AppError("invalid_body", "The file is incomplete or damaged.", { cause });
    }
    if (!(cause instanceof UnsupportedFile)) throw cause;
    const code = cause.reason === "too_large" ? "payload_too_large" : "unsupported_media_type";
    throw new AppError(code, cause.message, { cause });
  }
}

/**
 * Saves any file for /api/v1/files. The bytes are not changed, and each call creates a new upload, even if the user already has
 * the same file. If the format of the bytes is unknown, the upload gets the content type that the client has sent (see
 * `describeUnchangedFile`). Throws `invalid_body` for an empty file, `payload_too_large` if the bucket does not allow a file of
 * this size, and `storage_limit`.
 */
export async function saveExactly(userId: string, file: ExactUpload): Promise<UploadRow> {
  const name = cleanName(file.name);
  const { facts, contentType, thumbnail } = await describeUnchangedFile(file.blob, extensionIn(name), file.contentType);
  const { sha256, crc32, metadata } = file;
  const content = { blob: file.blob, facts, thumbnail, sha256, crc32 };
  try {
    return await store(userId, content, { name, content_type: contentType, metadata, pending_id: null });
  } catch (cause) {
    if (!(cause instanceof UnsupportedFile)) throw cause;
    throw new AppError("payload_too_large", cause.message, { cause });
  }
}

async function storeUpload(userId: string, file: NewUpload): Promise<UploadRow> {
  const name = cleanName(file.name);
  const { facts, blob, thumbnail } = await makeFit(file, await inspectUpload(file.blob, extensionIn(name)));
  const { sha256, crc32 } = blob === file.blob ? file : await checksumsOf(blob);
  file.requireType?.(facts.content_type);
  const content = { blob, facts, thumbnail, sha256, crc32 };
  const columns = { name, content_type: facts.content_type, metadata: null, pending_id: file.pendingId ?? null };
  return store(userId, content, columns);
}

type Content = Checksums & { blob: Blob; facts: FileFacts; thumbnail: Uint8Array | null };
type Columns = Pick<UploadRow, "name" | "content_type" | "metadata"> & { pending_id: string | null };

/** Inserts the row of an upload, and then stores its bytes and its thumbnail. */
async function store(userId: string, content: Content, columns: Columns): Promise<UploadRow> {
  const { blob, facts, thumbnail, sha256, crc32 } = content;
  const { extension, ...shape } = facts;
  const id = randomUUID();
  const storage_path = `${userId}/uploads/${id}.${extension}`;
  const p_upload = { ...shape, storage_path, bytes: blob.size, sha256, crc32, ...columns, id };
  const count = columns.metadata ? MAX_API_FILES : MAX_UPLOADS;
  const p_limits = { count, ...getStorageLimits() };
  const started = await adminClient().rpc("start_upload", { p_user: userId, p_upload, p_limits });
  const row = requireStarted(Started.parse(unwrap(started)), count);
  if (row.stored_at) return row;

  // Storage sends this type to anyone who has a signed URL. So storage gets the type that was found from the bytes, and not the
  // type that the client has sent.
  await storage.put(row.storage_path, blob, facts.content_type);
  const thumbPath = thumbnail && row.storage_path.replace(/[^.]*$/, "thumb.webp");
  if (thumbnail && thumbPath) await storage.put(thumbPath, thumbnail, "image/webp");
  const finished = await adminClient().rpc("finish_upload", { p_id: row.id, p_thumb_path: thumbPath });
  const [saved] = z.array(UploadRow).parse(unwrap(finished));
  // If there is no row, the upload was deleted before its bytes were stored.
  if (!saved) throw new AppError("internal", "The file was not saved. Try again.");
  return saved;
}

async function makeFit({ blob }: NewUpload, facts: FileFacts) {
  const isImage = DECODED_TYPES.some((type) => type === facts.content_type);
  if (!isImage) {
    const cleaned = MP4_TYPES.includes(facts.content_type) ? await cleanMp4(blob) : blob;
    return { blob: cleaned, facts, thumbnail: null };
  }
  const fit = await readWhole(blob, (bytes) => fitImage(bytes, facts));
  return { blob: new Blob([fit.bytes]), facts: fit.facts, thumbnail: fit.thumbnail };
}

/**
 * Returns the row of an upload that could start, or throws the error for one that could not. `count` is the highest allowed
 * number of uploads, for the text of the error.
 */
function requireStarted(started: z.infer<typeof Started>, count: number): UploadRow {
  if ("upload" in started) return started.upload;
  if (started.outcome === "gone") notFound();
  throw uploadLimitError(started.outcome, count);
}

/** Returns the error for an upload that exceeds a limit of the user or of all users together, or whose user is blocked. */
export function uploadLimitError(
  outcome: "blocked" | "upload_limit" | "storage_limit" | "storage_total_limit",
  count = MAX_UPLOADS,
): AppError {
  if (outcome === "blocked") return blockedError();
  if (outcome !== "upload_limit") return storageLimitError(outcome);
  const message = `You have ${count} uploads, which is the limit, and you have used all of them in the last 24 hours. Delete one to make room.`;
  return new AppError("quota_exceeded", message);
}

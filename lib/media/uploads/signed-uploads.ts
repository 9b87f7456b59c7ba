import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { MAX_OPEN_UPLOADS, MAX_UPLOADS } from "@/lib/limits/default-limits";
import { getStorageLimits } from "@/lib/limits/storage-limits";
import { log } from "@/lib/log";
import { freeUsedBuffers } from "@/lib/media/free-used-buffers";
import { UploadRow } from "@/lib/media/schema";
import * as storage from "@/lib/media/storage";
import { storeTemporarily, type TemporaryFile } from "@/lib/media/temporary-files";
import { processState } from "@/lib/process-globals";
import { notFound } from "@/lib/request-params";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { cleanName } from "./file-name";
import { saveUpload, uploadLimitError } from "./save-upload";

const Outcome = z.enum([
  "created",
  "blocked",
  "open_limit",
  "rate_limit",
  "upload_limit",
  "storage_limit",
  "storage_total_limit",
]);
const Pending = z.object({
  id: z.uuid(),
  user_id: z.uuid(),
  storage_path: z.string(),
  name: z.string(),
  bytes: z.int(),
  ended_at: z.string().nullable(),
});
type Pending = z.infer<typeof Pending>;
const Found = Pending.extend({ upload: UploadRow.extend({ purge_at: z.string().nullable() }).nullable() });

/** The largest number of abandoned uploads that one call of `endAbandonedUploads` ends. */
const MAX_ABANDONED = 50;

/**
 * The pending uploads that this process is confirming at the moment. The key is the id. Concurrent calls share one confirmation.
 */
const confirming = createCache<UploadRow>({ ttl: 0 });

/**
 * Starts an upload whose bytes the client sends directly to storage, with PUT to `upload_url`. Within an hour, the client must
 * then confirm the upload: see `confirmSignedUpload`. All limits are checked now, before the bytes are sent. Throws
 * `payload_too_large`, `quota_exceeded`, `storage_limit`, `in_flight_limit` if the user has too many pending uploads, and
 * `rate_limited` if the user has started too many.
 */
export async function startSignedUpload(userId: string, { name, bytes }: { name: string; bytes: number }) {
  const { MAX_FILE_MB } = env();
  if (bytes > MAX_FILE_MB * 1_000_000) {
    throw new AppError("payload_too_large", `The file is too large. The limit is ${MAX_FILE_MB} MB.`);
  }
  const id = randomUUID();
  const storage_path = `${userId}/incoming/${randomUUID()}.part`;
  // The URL is signed before the row is inserted, so that no row is left behind if storage is unavailable.
  const upload_url = await storage.signUpload(storage_path);
  const p_pending = { id, storage_path, name: cleanName(name), bytes };
  const p_limits = { count: MAX_UPLOADS, open: MAX_OPEN_UPLOADS, ...getStorageLimits() };
  const started = await adminClient().rpc("start_pending_upload", { p_user: userId, p_pending, p_limits });
  const outcome = Outcome.parse(unwrap(started));
  if (outcome === "open_limit") {
    const message = `You are sending ${MAX_OPEN_UPLOADS} files already. Finish or cancel one of them first.`;
    throw new AppError("in_flight_limit", message, { retryAfter: 60 });
  }
  if (outcome === "rate_limit") {
    throw new AppError("rate_limited", "You have sent too many large files. Try again later.", { retryAfter: 600 });
  }
  if (outcome !== "created") throw uploadLimitError(outcome);
  return { id, upload_url };
}

/**
 * Checks the file that the client has sent, and makes an upload of it. May be called several times for the same file, even at the
 * same time. Throws `not_found` if the user has no such pending upload or it has ended, `invalid_input` if the file has not
 * arrived yet, and `invalid_body` if the file does not have the announced size. Also throws the errors of `saveUpload`. A refused
 * file is deleted.
 */
export async function confirmSignedUpload(userId: string, id: string): Promise<UploadRow> {
  const { upload, ...pending } = (await findPending(userId, id)) ?? notFound();
  if (upload?.stored_at) return upload.purge_at ? notFound() : upload;
  if (pending.ended_at && !upload) notFound();
  return confirming(id, () => processState.copyingFiles(() => adopt(pending)));
}

async function adopt(pending: Pending): Promise<UploadRow> {
  const stop = freeUsedBuffers();
  try {
    const content = await storage.get(pending.storage_path);
    if (!content) throw new AppError("invalid_input", "The file has not arrived. Send it to upload_url first.");
    const file = await storeTemporarily(new Response(content).body ?? [], pending.bytes);
    try {
      const upload = file?.blob.size === pending.bytes ? await save(pending, file) : await requireEarlier(pending);
      await endQuietly(pending);
      return upload;
    } finally {
      await file?.remove();
    }
  } catch (error) {
    const isRefused = error instanceof AppError && error.status < 500 && error.code !== "invalid_input";
    if (isRefused) await endQuietly(pending);
    throw error;
  } finally {
    stop();
  }
}

function save({ user_id, id, name }: Pending, file: TemporaryFile): Promise<UploadRow> {
  return saveUpload(user_id, { ...file, name, pendingId: id });
}

/**
 * Returns the upload that another server has made of the same file a moment ago. Called if the file at the path does not have the
 * announced size. The reason may be that the other server has put the placeholder at the path (see `end`). Throws `invalid_body`
 * if there is no such upload.
 */
async function requireEarlier({ user_id, id }: Pending): Promise<UploadRow> {
  const { upload } = (await findPending(user_id, id)) ?? notFound();
  if (upload?.stored_at) return upload;
  throw new AppError("invalid_body", "The file does not have the announced size. Upload it again.");
}

/**
 * Cancels a pending upload of the user and deletes the bytes that have arrived. Throws `not_found` if the user has no such
 * upload.
 */
export async function cancelSignedUpload(userId: string, id: string): Promise<void> {
  const pending = (await findPending(userId, id)) ?? notFound();
  if (!pending.ended_at) await end(pending);
}

/** Ends the pending uploads that were not confirmed within an hour, and those of blocked users. */
export async function endAbandonedUploads(): Promise<void> {
  const result = await adminClient().rpc("list_abandoned_uploads", { p_limit: MAX_ABANDONED });
  for (const pending of z.array(Pending).parse(unwrap(result))) {
    await end(pending);
    log.info("upload_abandoned", { upload: pending.id });
  }
}

/**
 * Ends a pending upload, and replaces its file by a placeholder of one byte. As long as there is a file at this path, storage
 * refuses every further file that is sent to the signed URL. `purgeDeleted` removes the placeholder when the URL is no longer
 * valid.
 */
async function end({ id, user_id, storage_path }: Pending): Promise<void> {
  await storage.put(storage_path, new Uint8Array(1), "application/octet-stream");
  unwrap(await adminClient().rpc("end_pending_upload", { p_user: user_id, p_id: id }));
}

/**
 * Like `end`, but does not throw: an error is logged. If there is an error, the client's file stays at the path. Like a
 * placeholder, that file blocks the signed URL, until `purgeDeleted` replaces or removes it.
 */
async function endQuietly(pending: Pending): Promise<void> {
  await end(pending).catch((error: unknown) => log.error("placeholder_failed", { upload: pending.id, error }));
}

async function findPending(userId: string, id: string) {
  const pending = adminClient().from("pending_uploads").select("*, upload:uploads(*)");
  const result = await pending.eq("id", id).eq("user_id", userId).maybeSingle();
  return Found.nullable().parse(unwrap(result));
}

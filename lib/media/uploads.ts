import "server-only";
import { createHash, randomUUID } from "node:crypto";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { createCache } from "@/lib/cache";
import { AppError } from "@/lib/errors";
import { MAX_UPLOADS } from "@/lib/limits/default-limits";
import { getStorageLimits, storageLimitError } from "@/lib/limits/storage-limits";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import { UnavailableFile, UnsupportedFile } from "./file-errors";
import { inspectUpload } from "./inspect";
import { uploadPath } from "./media-urls";
import { isUnauthenticated } from "./queries";
import { type Upload, UploadRow } from "./schema";
import * as storage from "./storage";

const Rows = z.array(UploadRow);
const Started = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "found"]), upload: UploadRow }),
  z.object({ outcome: z.enum(["upload_limit", "storage_limit", "storage_total_limit"]) }),
]);

/** The uploads that this process is saving at the moment. Storage may reject a file that is written twice at the same time. */
const saving = createCache<UploadRow>({ ttl: 0 });

/**
 * Validates an image and saves it unchanged as a model input. If the user has uploaded the same image before, returns that
 * upload. Throws `unsupported_media_type`, `payload_too_large`, `quota_exceeded`, `storage_limit`, and `invalid_body` for an
 * incomplete image.
 */
export async function saveUpload(userId: string, bytes: Uint8Array<ArrayBuffer>): Promise<UploadRow> {
  try {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return await saving(`${userId} ${sha256}`, () => storeUpload(userId, new Blob([bytes]), sha256));
  } catch (cause) {
    if (cause instanceof UnavailableFile) throw new AppError("invalid_body", "The image is incomplete.", { cause });
    if (!(cause instanceof UnsupportedFile)) throw cause;
    const code = cause.reason === "too_large" ? "payload_too_large" : "unsupported_media_type";
    throw new AppError(code, cause.message, { cause });
  }
}

async function storeUpload(userId: string, blob: Blob, sha256: string): Promise<UploadRow> {
  const { extension, ...facts } = await inspectUpload(blob);
  const id = randomUUID();
  const storage_path = `${userId}/uploads/${id}.${extension}`;
  const upload = { ...facts, id, bytes: blob.size, sha256, storage_path };
  const limits = { count: MAX_UPLOADS, ...getStorageLimits() };
  const parameters = { p_user: userId, p_upload: upload, p_limits: limits };
  const started = Started.parse(unwrap(await adminClient().rpc("start_upload", parameters)));
  if (started.outcome === "upload_limit") {
    throw new AppError("quota_exceeded", `You can upload ${MAX_UPLOADS} images a day. Try again tomorrow.`);
  }
  if (!("upload" in started)) throw storageLimitError(started.outcome);
  const row = started.upload;
  if (row.stored_at) return row;

  await storage.put(row.storage_path, blob, facts.content_type);
  const [saved] = Rows.parse(unwrap(await adminClient().rpc("finish_upload", { p_id: row.id })));
  // The upload was deleted before its bytes were stored.
  if (!saved) throw new AppError("internal", "The image was not saved. Try again.");
  return saved;
}

/** Formats an upload for the API. */
export function serializeUpload({ id, content_type, width, height, bytes }: UploadRow): Upload {
  return { id, url: uploadPath(id), content_type, width, height, bytes };
}

/** Returns the row of an upload; null unless the user of this client may see it. */
export async function getUploadRow(id: string, supabase: SupabaseClient): Promise<UploadRow | null> {
  const result = await supabase.from("uploads").select().eq("id", id).maybeSingle();
  return isUnauthenticated(result.error) ? null : UploadRow.nullable().parse(unwrap(result));
}

/** Returns the signed-in user's uploads, the most recently used first. */
export async function listUploads(userId: string, limit: number): Promise<UploadRow[]> {
  const supabase = await createUserClient();
  const uploads = supabase.from("uploads").select().eq("user_id", userId);
  return Rows.parse(unwrap(await uploads.order("used_at", { ascending: false }).limit(limit)));
}

/** Returns those of the ids that are uploads of this user, and marks these uploads as used now, so that they are kept longer. */
export async function touchUploads(userId: string, ids: string[]): Promise<Set<string>> {
  const result = await adminClient().rpc("touch_uploads", { p_user: userId, p_ids: ids });
  return new Set(z.array(z.uuid()).parse(unwrap(result)));
}

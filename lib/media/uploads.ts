import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";
import { TruncatedFile, UnsupportedFile } from "./errors";
import { describeImage } from "./inspect";
import { uploadPath } from "./paths";
import { isUnauthenticated } from "./queries";
import { type Upload, UploadRow } from "./schema";
import * as storage from "./storage";

/** Bytes. Next silently cuts bodies longer than 10 MiB. */
export const MAX_UPLOAD = 10_000_000;
/** Uploads a user can have. A new one replaces the one unused for longest, if that was not used within a day. */
const MAX_UPLOADS = 100;

const Rows = z.array(UploadRow);

/**
 * Saves an image as an input for models: checked by its bytes and unchanged. The same image again is the same upload.
 * Throws `unsupported_media_type`, `payload_too_large`, `invalid_body` for an incomplete image, `quota_exceeded`.
 */
export async function saveUpload(userId: string, bytes: Uint8Array): Promise<UploadRow> {
  try {
    const { extension, columns } = describeImage(bytes);
    const id = randomUUID();
    const upload = { ...columns, id, storage_path: `${userId}/uploads/${id}.${extension}` };
    const parameters = { p_user: userId, p_upload: upload, p_limit: MAX_UPLOADS };
    const [row] = Rows.parse(unwrap(await adminClient().rpc("start_upload", parameters)));
    if (!row) throw new AppError("quota_exceeded", `You can upload ${MAX_UPLOADS} images a day. Try again tomorrow.`);
    if (row.stored_at) return row;

    await storage.put(row.storage_path, bytes, columns.content_type);
    const [saved] = Rows.parse(unwrap(await adminClient().rpc("finish_upload", { p_id: row.id })));
    // Deleted before its bytes had arrived.
    if (!saved) throw new AppError("internal", "The image was not saved. Try again.");
    return saved;
  } catch (cause) {
    if (cause instanceof TruncatedFile) throw new AppError("invalid_body", "The image is not complete.", { cause });
    if (!(cause instanceof UnsupportedFile)) throw cause;
    if (cause.reason === "too_large") throw new AppError("payload_too_large", cause.message, { cause });
    throw new AppError("unsupported_media_type", "Only PNG, JPEG, WebP and GIF images can be used.", { cause });
  }
}

/** An upload as the API shows it. */
export function serializeUpload({ id, content_type, width, height, bytes }: UploadRow): Upload {
  return { id, url: uploadPath(id), content_type, width, height, bytes };
}

/** An upload that the caller may see, by session or by the request's Bearer token. */
export async function getUploadRow(id: string, request: Request): Promise<UploadRow | null> {
  const supabase = await createUserClient(request);
  const answer = await supabase.from("uploads").select().eq("id", id).maybeSingle();
  return isUnauthenticated(answer.error) ? null : UploadRow.nullable().parse(unwrap(answer));
}

/** The signed-in user's uploads, the last used first. */
export async function listUploads(userId: string, limit: number): Promise<UploadRow[]> {
  const supabase = await createUserClient();
  const uploads = supabase.from("uploads").select().eq("user_id", userId);
  return Rows.parse(unwrap(await uploads.order("used_at", { ascending: false }).limit(limit)));
}

/** Which of these ids are uploads of the user's. They are saved for two weeks from now. */
export async function touchUploads(userId: string, ids: string[]): Promise<Set<string>> {
  const answer = await adminClient().rpc("touch_uploads", { p_user: userId, p_ids: ids });
  return new Set(z.array(z.uuid()).parse(unwrap(answer)));
}

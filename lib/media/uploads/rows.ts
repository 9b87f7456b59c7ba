import "server-only";
import type { SupabaseClient } from "@supabase/supabase-js";
import { z } from "zod";
import { pageOf, selectPage } from "@/lib/cursor";
import { isBlocked } from "@/lib/limits/blocked-users";
import { kindOfType } from "@/lib/media/kinds";
import { uploadPath } from "@/lib/media/media-urls";
import { isUnauthenticated } from "@/lib/media/queries";
import { type MediaKind, type Upload, UploadRow } from "@/lib/media/schema";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";

const COLUMNS = Object.keys(UploadRow.shape).join();
const Rows = z.array(UploadRow);
/** How long an upload is kept after its last use (ms). */
const KEPT = 14 * 86_400_000;

/** Returns the time at which an upload will be deleted if it is not used until then (ISO time). */
export function expiryOf({ used_at }: Pick<UploadRow, "used_at">): string {
  return new Date(Date.parse(used_at) + KEPT).toISOString();
}

/** Formats an upload for the API. */
export function serializeUpload(row: UploadRow): Upload {
  const { id, name, content_type, width, height, duration_ms, bytes, created_at } = row;
  const url = uploadPath(id);
  return {
    id,
    url,
    thumb_url: row.thumb_path && `${url}?size=thumb`,
    name,
    kind: isUnreadable(row) ? "file" : kindOfType(content_type),
    content_type,
    width,
    height,
    duration_ms,
    bytes,
    created_at,
    expires_at: expiryOf(row),
  };
}

/** Whether the file is an image that the server cannot read, because it is damaged or in another format than `DECODED_TYPES`. */
function isUnreadable({ content_type, width }: UploadRow): boolean {
  return content_type.startsWith("image/") && content_type !== "image/svg+xml" && width === null;
}

/**
 * Returns the row of an upload. `supabase` has the rights of a user: the result is null if this user may not see the upload, or
 * if it does not exist.
 */
export async function getUploadRow(id: string, supabase: SupabaseClient): Promise<UploadRow | null> {
  const result = await supabase.from("uploads").select(COLUMNS).eq("id", id).maybeSingle();
  return isUnauthenticated(result.error) ? null : UploadRow.nullable().parse(unwrap(result));
}

/** The user is identified by the Bearer token of `request` or, without such a token, by the session cookie. */
type ListOptions = { cursor?: string | undefined; limit?: number; request?: Request };

/** Returns a page of the user's uploads, newest first, and the cursor of the next page (`next`). */
export async function listUploads(userId: string, { cursor, limit = 40, request }: ListOptions = {}) {
  const supabase = await createUserClient(request);
  const select = supabase.from("uploads").select(COLUMNS).eq("user_id", userId);
  const result = await selectPage(select, { cursor, from: undefined, to: undefined, limit });
  const { rows, next } = pageOf(Rows.parse(unwrap(result)), limit);
  return { results: rows.map(serializeUpload), next };
}

/** Returns the row of an upload of this user. Returns null if the user has no such upload. */
export async function findOwnUpload(userId: string, id: string): Promise<UploadRow | null> {
  const result = await listStored().eq("user_id", userId).eq("id", id).maybeSingle();
  return UploadRow.nullable().parse(unwrap(result));
}

/**
 * Returns the row of an upload of any user. The caller must check that the upload may be read, for example with a signed link.
 * Returns null if there is no such upload, or if its user is blocked.
 */
export async function findAnyUpload(id: string): Promise<UploadRow | null> {
  const row = UploadRow.nullable().parse(unwrap(await listStored().eq("id", id).maybeSingle()));
  return row && !(await isBlocked(row.user_id)) ? row : null;
}

/** Returns a page of the rows of the user's uploads, newest first, and the cursor of the next page (`next`). */
export async function listOwnUploads(userId: string, cursor: string | undefined, limit: number) {
  const select = adminClient().from("uploads").select(COLUMNS).eq("user_id", userId);
  const page = selectPage(select, { cursor, from: undefined, to: undefined, limit });
  const result = await page.not("stored_at", "is", null).is("purge_at", null);
  return pageOf(Rows.parse(unwrap(result)), limit);
}

/** Selects the uploads of all users, without those that are deleted or not stored yet: their owners cannot see them either. */
function listStored() {
  return adminClient().from("uploads").select(COLUMNS).not("stored_at", "is", null).is("purge_at", null);
}

/**
 * Returns the signed-in user's uploads of these kinds, the most recently used first. Leaves out the files that were sent to
 * /api/v1/files.
 */
export async function listRecentUploads(userId: string, kinds: MediaKind[], limit: number): Promise<Upload[]> {
  const supabase = await createUserClient();
  const own = supabase.from("uploads").select(COLUMNS).eq("user_id", userId).is("metadata", null);
  const uploads = own.order("used_at", { ascending: false });
  // The kinds are filtered here, not in the database. A user has at most a hundred uploads from the browser, so all can be read.
  const rows = Rows.parse(unwrap(await uploads));
  const found = rows.map(serializeUpload).filter(({ kind }) => kinds.includes(kind));
  return found.slice(0, limit);
}

const Touched = UploadRow.pick({ id: true, content_type: true, duration_ms: true });
type Touched = z.infer<typeof Touched>;

/**
 * Returns a map with the id and the row of each of these uploads. Also marks the uploads as used now, so that they are kept
 * longer. Leaves out uploads of other users and deleted uploads.
 */
export async function touchUploads(userId: string, ids: string[]): Promise<Map<string, Touched>> {
  const result = await adminClient().rpc("touch_uploads", { p_user: userId, p_ids: ids });
  const rows = z.array(Touched).parse(unwrap(result));
  return new Map(rows.map((row) => [row.id, row]));
}

import "server-only";
import { z } from "zod";
import { MAX_UPLOADS } from "@/lib/limits/default-limits";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";

const Ids = z.array(z.uuid());

/**
 * Deletes the user's uploads with these ids, and returns the ids of the uploads that it deleted. With `undoSeconds`, the uploads
 * are only hidden at first, and can be restored during these seconds. If a prediction is not sent yet, and its input contains a
 * deleted upload, it will fail.
 */
export async function deleteUploads(userId: string, ids: string[], undoSeconds = 0): Promise<string[]> {
  const parameters = { p_user: userId, p_ids: ids, p_undo_seconds: undoSeconds };
  return Ids.parse(unwrap(await adminClient().rpc("delete_uploads", parameters)));
}

/**
 * Restores deleted uploads of the user, and returns the ids of those that it restored. Of the uploads from the browser, restores
 * only so many that the user has at most `MAX_UPLOADS`.
 */
export async function restoreUploads(userId: string, ids: string[]): Promise<string[]> {
  const parameters = { p_user: userId, p_ids: ids, p_count: MAX_UPLOADS };
  return Ids.parse(unwrap(await adminClient().rpc("restore_uploads", parameters)));
}

import "server-only";
import { z } from "zod";
import { unwrap, adminClient } from "@/lib/supabase/admin";

const Ids = z.array(z.uuid());

/**
 * Deletes those of a person's images that there are, at once and for good; with `undoSeconds` they are hidden at once
 * and can be restored for so long. Answers with the ids of what it deleted. Their files go with the next `purge`.
 */
export async function deleteMedia(userId: string, ids: string[], undoSeconds = 0): Promise<string[]> {
  const parameters = { p_user: userId, p_ids: ids, p_undo_seconds: undoSeconds };
  return Ids.parse(unwrap(await adminClient().rpc("delete_media", parameters)));
}

/** Takes a deletion back, share links and all. Answers with the ids of what is there again. */
export async function restoreMedia(userId: string, ids: string[]): Promise<string[]> {
  return Ids.parse(unwrap(await adminClient().rpc("restore_media", { p_user: userId, p_ids: ids })));
}

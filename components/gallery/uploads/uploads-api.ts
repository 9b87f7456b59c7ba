import { readChecked } from "@/components/jobs/read-response";
import { deleteAt, restoreAt } from "@/components/media/api";
import { isRecord } from "@/components/ui/is-record";
import type { Page } from "@/components/ui/infinite-list";
import type { Upload } from "@/lib/media/schema";

/** Returns the page after a cursor, or null when the user is signed out. */
export async function loadOlderUploads(cursor: string): Promise<Page<Upload> | null> {
  const response = await fetch(`/api/uploads?cursor=${encodeURIComponent(cursor)}`);
  if (response.status === 401) return null;
  return readChecked(response, isPage);
}

/** Deletes an upload. Succeeds even if the upload was already deleted. Throws `SignedOut` if the session has ended. */
export function deleteUpload(id: string) {
  return deleteAt(`/api/uploads/${id}`);
}

/**
 * Undoes deletions of uploads. The result is like that of `restoreMedia`: it lists which uploads were restored, and which failed.
 */
export function restoreUploads(ids: string[]) {
  return restoreAt("/api/uploads/restore", ids);
}

/** Checks only that the body contains a list, because the server has already validated its response. */
function isPage(body: unknown): body is Page<Upload> {
  return isRecord(body) && Array.isArray(body.results);
}

import { SignedOut } from "@/components/media/api";
import { isRecord } from "@/components/ui/is-record";
import type { Page } from "@/components/ui/infinite-list";
import { UNDO_SECONDS } from "@/lib/limits/default-limits";
import type { Upload } from "@/lib/media/schema";

/** Returns the page after a cursor, or null when the user is signed out. */
export async function loadOlderUploads(cursor: string): Promise<Page<Upload> | null> {
  const response = await fetch(`/api/uploads?cursor=${encodeURIComponent(cursor)}`);
  if (response.status === 401) return null;
  const body: unknown = await response.json();
  if (!isPage(body)) throw new TypeError(`Unknown response with status ${response.status}.`);
  return body;
}

/** Also succeeds if the upload was already deleted. Throws `SignedOut` if the session is over. */
export async function deleteUpload(id: string) {
  await send(`/api/uploads/${id}?undo=${UNDO_SECONDS}`, { method: "DELETE" }, [404]);
}

/** Undoes deletions. An id that is neither in `restored` nor in `failed` was deleted too long ago. */
export async function restoreUploads(ids: string[]) {
  try {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", keepalive: true, headers, body: JSON.stringify({ ids }) };
    const body: unknown = await (await send("/api/uploads/restore", init)).json();
    const restored: unknown[] = isRecord(body) && Array.isArray(body.restored) ? body.restored : [];
    return { restored: restored.filter((id) => typeof id === "string"), failed: [], isSignedOut: false };
  } catch (error) {
    return { restored: [], failed: ids, isSignedOut: error instanceof SignedOut };
  }
}

async function send(path: string, init: RequestInit, accepted: number[] = []) {
  const response = await fetch(path, init);
  if (response.status === 401) throw new SignedOut();
  if (!response.ok && !accepted.includes(response.status)) throw new Error(`${response.status}`);
  return response;
}

/** The server has validated its response, so only the list is checked. */
function isPage(body: unknown): body is Page<Upload> {
  return isRecord(body) && Array.isArray(body.results);
}

import { isRecord } from "@/components/ui/is-record";
import { MAX_FILES_PER_REQUEST, UNDO_SECONDS } from "@/lib/limits/default-limits";

/**
 * With `keepalive`, browsers send a request even after the page closes, but only up to 64 KB. Each id takes 39 bytes, so this
 * many ids fit.
 */
const maxKeepaliveIds = 1_000;
const root = "/api/media";

/** Thrown if a request fails because the user is signed out. */
export class SignedOut extends Error {
  override name = "SignedOut";
}

export async function markFavorite(id: string, favorite: boolean) {
  await send(`${root}/${id}`, { method: "PATCH", ...json({ favorite }) });
}

/** Sets the alternative text of a file, or removes it (null). */
export async function setAlt(id: string, alt: string | null) {
  await send(`${root}/${id}`, { method: "PATCH", ...json({ alt }) });
}

/** Makes a file public and returns the token of its link. */
export async function shareMedia(id: string): Promise<string> {
  const body: unknown = await (await send(`${root}/${id}/share`, { method: "POST" })).json();
  if (!isRecord(body) || typeof body.share_token !== "string")
    throw new TypeError("The response has no token for a link.");
  return body.share_token;
}

export async function unshareMedia(id: string) {
  await send(`${root}/${id}/share`, { method: "DELETE" });
}

/**
 * Deletes a file. Succeeds even if the file was already deleted: in another tab, or by an earlier request whose response was
 * lost.
 */
export function deleteMedia(id: string) {
  return deleteAt(`${root}/${id}`);
}

/** Deletes the file or upload at this URL. Succeeds even if it was already deleted. */
export async function deleteAt(url: string) {
  await send(`${url}?undo=${UNDO_SECONDS}`, { method: "DELETE" }, [404]);
}

/** Deletes files. `deleted` also lists files that were deleted before. `isComplete` is false if a request failed. */
export async function deleteSeveral(ids: string[]) {
  const { done, failed, isSignedOut } = await inBatches(ids, async (batch) => {
    await send(`${root}?undo=${UNDO_SECONDS}`, { method: "DELETE", ...json({ ids: batch }) });
    return batch;
  });
  return { deleted: done, isComplete: failed.length === 0, isSignedOut };
}

/**
 * Undoes deletions. `failed` lists the files whose request failed. A file that is neither in `restored` nor in `failed` was
 * deleted too long ago.
 */
export function restoreMedia(ids: string[]) {
  return restoreAt(`${root}/restore`, ids);
}

/** Undoes deletions of files or uploads. Sends the request to this URL. The result is like that of `restoreMedia`. */
export async function restoreAt(url: string, ids: string[]) {
  const keepalive = ids.length <= maxKeepaliveIds;
  const { done, failed, isSignedOut } = await inBatches(ids, async (batch) => {
    const response = await send(url, { method: "POST", keepalive, ...json({ ids: batch }) });
    const body: unknown = await response.json();
    const restored: unknown[] = isRecord(body) && Array.isArray(body.restored) ? body.restored : [];
    return restored.filter((id) => typeof id === "string");
  });
  return { restored: done, failed, isSignedOut };
}

/** Sends a request. Throws `SignedOut` for status 401, and an error for any other error status that is not in `accepted`. */
async function send(url: string, init: RequestInit, accepted: number[] = []) {
  const response = await fetch(url, init);
  if (response.status === 401) throw new SignedOut();
  if (!response.ok && !accepted.includes(response.status)) throw new Error(`${response.status}`);
  return response;
}

function json(body: unknown) {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** Splits the ids into batches and runs `work` on all batches in parallel. A failed batch does not stop the others. */
async function inBatches(ids: string[], work: (batch: string[]) => Promise<string[]>) {
  const size = MAX_FILES_PER_REQUEST;
  const starts = Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => index * size);
  const done: string[] = [];
  const failed: string[] = [];
  let isSignedOut = false;
  await Promise.all(
    starts.map(async (start) => {
      const batch = ids.slice(start, start + size);
      try {
        done.push(...(await work(batch)));
      } catch (error) {
        failed.push(...batch);
        isSignedOut ||= error instanceof SignedOut;
      }
    }),
  );
  return { done, failed, isSignedOut };
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import pLimit from "p-limit";
import { z } from "zod";
import { log } from "@/lib/log";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import * as storage from "./storage";
import { endAbandonedUploads } from "./uploads/signed-uploads";

/**
 * A removal is a row in the database, which says that stored files must be removed. One purge claims at most `MAX_REMOVALS`
 * removals. If it does not finish them within `LEASE` seconds, another purge may claim them.
 */
const MAX_REMOVALS = 200;
const LEASE = 60;
/** How many folders a purge works on at the same time. */
const MAX_FOLDERS = 8;
/** A request waits at most this time for its files to be removed (ms). After that, the removal continues in the background. */
const MAX_WAIT = 2_000;

const Ids = z.array(z.uuid());
const Prefixes = z.array(z.string());

/**
 * Deletes the user's files with these ids, and returns the ids of the files that it deleted. With `undoSeconds`, the files are
 * only hidden at first, and can be restored during these seconds. The first purge after that removes them from storage.
 */
export async function deleteMedia(userId: string, ids: string[], undoSeconds = 0): Promise<string[]> {
  const parameters = { p_user: userId, p_ids: ids, p_undo_seconds: undoSeconds };
  return Ids.parse(unwrap(await adminClient().rpc("delete_media", parameters)));
}

/** Restores deleted files that can still be restored, and their share links. Returns the ids of the restored files. */
export async function restoreMedia(userId: string, ids: string[]): Promise<string[]> {
  return Ids.parse(unwrap(await adminClient().rpc("restore_media", { p_user: userId, p_ids: ids })));
}

/**
 * Deletes the rows of files that can no longer be restored, and of uploads that were not used for too long. Then removes the
 * stored files that no row needs any more, and ends large uploads that were not confirmed in time. Returns how many removals it
 * has claimed. Several purges may run at the same time, and a purge may be interrupted at any time. Throws if the database or
 * storage is unavailable. The next purge then continues the work.
 */
export async function purgeDeleted(): Promise<number> {
  const claim = await adminClient().rpc("claim_storage_removals", { p_limit: MAX_REMOVALS, p_lease_seconds: LEASE });
  const claimed = Prefixes.parse(unwrap(claim));
  const folders = [...Map.groupBy(claimed, (prefix) => prefix.slice(0, prefix.lastIndexOf("/")))];
  const limit = pLimit(MAX_FOLDERS);
  // If the removal from one folder fails, the purge still works on the other folders.
  const results = await Promise.allSettled(
    folders.map(([folder, prefixes]) => limit(() => removeFrom(folder, prefixes))),
  );
  const removed = folders.flatMap(([, prefixes], index) => (results[index]?.status === "fulfilled" ? prefixes : []));
  if (removed.length > 0) unwrap(await adminClient().rpc("finish_storage_removals", { p_prefixes: removed }));
  await endAbandonedUploads();
  const failure = results.find(({ status }) => status === "rejected");
  if (failure?.status === "rejected") throw failure.reason;
  return claimed.length;
}

async function removeFrom(folder: string, prefixes: string[]): Promise<void> {
  const paths = await storage.list(folder);
  await storage.remove(paths.filter((path) => prefixes.some((prefix) => path.startsWith(prefix))));
}

/** Starts a purge. Call this after a request has deleted files. Never throws, and delays the response by at most two seconds. */
export async function purgeSoon(): Promise<void> {
  const done = purgeDeleted().catch((error: unknown) => log.error("purge_failed", { error }));
  after(() => done);
  await Promise.race([done, sleep(MAX_WAIT, undefined, { ref: false })]);
}

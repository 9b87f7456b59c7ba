import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { z } from "zod";
import { log } from "@/lib/log";
import { adminClient } from "@/lib/supabase/admin";
import { unwrap } from "@/lib/supabase/result";
import * as storage from "./storage";

/** How many removals one purge claims, and for how long (s): after that another purge may try them again. */
const MAX_REMOVALS = 200;
const LEASE = 60;
/** How long a request waits for its files to be removed (ms). The removal then continues without it. */
const MAX_WAIT = 2_000;

const Ids = z.array(z.uuid());
const Prefixes = z.array(z.string());

/**
 * Deletes those of the user's images that exist. With `undoSeconds` they are only hidden, and can be restored for that
 * time. Returns the ids of the deleted images. The next purge removes their files.
 */
export async function deleteMedia(userId: string, ids: string[], undoSeconds = 0): Promise<string[]> {
  const parameters = { p_user: userId, p_ids: ids, p_undo_seconds: undoSeconds };
  return Ids.parse(unwrap(await adminClient().rpc("delete_media", parameters)));
}

/** Restores deleted images, with their share links. Returns the ids of the restored images. */
export async function restoreMedia(userId: string, ids: string[]): Promise<string[]> {
  return Ids.parse(unwrap(await adminClient().rpc("restore_media", { p_user: userId, p_ids: ids })));
}

/**
 * Removes deleted rows whose time to undo is over, and the files in storage that no row needs. Returns the number of
 * removals. Safe to run several times at once, and to stop at any time. Throws when the database or storage does not
 * answer; the next purge then continues.
 */
export async function purgeDeleted(): Promise<number> {
  const claim = await adminClient().rpc("claim_storage_removals", { p_limit: MAX_REMOVALS, p_lease_seconds: LEASE });
  const claimed = Prefixes.parse(unwrap(claim));
  for (const [folder, prefixes] of Map.groupBy(claimed, (prefix) => prefix.slice(0, prefix.lastIndexOf("/")))) {
    const paths = await storage.list(folder);
    await storage.remove(paths.filter((path) => prefixes.some((prefix) => path.startsWith(prefix))));
    unwrap(await adminClient().rpc("finish_storage_removals", { p_prefixes: prefixes }));
  }
  return claimed.length;
}

/** Purges after a request has deleted something. Never throws, and delays the response by two seconds at most. */
export async function purgeSoon(): Promise<void> {
  const done = purgeDeleted().catch((error: unknown) => log.error("purge_failed", { error }));
  after(() => done);
  await Promise.race([done, sleep(MAX_WAIT, undefined, { ref: false })]);
}

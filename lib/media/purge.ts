import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { z } from "zod";
import { log } from "@/lib/log";
import { unwrap, adminClient } from "@/lib/supabase/admin";

/** Prefixes taken at one time, and how long they are left alone by others (s): after it a removal is tried again. */
const MOST = 200;
const LEASE = 60;
/** More than the files of one prediction. */
const LONGEST_LIST = 1000;
/** How long a request waits for its files to be gone (ms); what takes longer goes on without it. */
const PATIENCE = 2_000;

const Prefixes = z.array(z.string());
const Objects = z.array(z.object({ name: z.string() }));

/**
 * Removes what was deleted: the rows whose time to undo is over, and from storage the files that no row needs any more.
 * Returns how many removals were done. May run anywhere, in several places at once, and be killed at any time. Throws
 * when the database or storage does not answer: then the next one goes on.
 */
export async function purge(): Promise<number> {
  const claim = await adminClient().rpc("claim_storage_removals", { p_limit: MOST, p_lease_seconds: LEASE });
  const prefixes = Prefixes.parse(unwrap(claim));
  for (const [folder, inFolder] of Map.groupBy(prefixes, (prefix) => prefix.slice(0, prefix.lastIndexOf("/")))) {
    await removeObjects(folder, inFolder);
    unwrap(await adminClient().rpc("finish_storage_removals", { p_prefixes: inFolder }));
  }
  return prefixes.length;
}

/** The same for a request that has just deleted something: its answer is not held up for long, and never spoiled. */
export async function purgeSoon(): Promise<void> {
  const done = purge().catch((error: unknown) => log.error("purge_failed", { error }));
  after(() => done);
  await Promise.race([done, sleep(PATIENCE, undefined, { ref: false })]);
}

async function removeObjects(folder: string, prefixes: string[]): Promise<void> {
  const bucket = adminClient().storage.from("images");
  const objects = Objects.parse(unwrap(await bucket.list(folder, { limit: LONGEST_LIST })));
  const paths = objects
    .map(({ name }) => `${folder}/${name.slice(name.lastIndexOf("/") + 1)}`)
    .filter((path) => prefixes.some((prefix) => path.startsWith(prefix)));
  if (paths.length > 0) unwrap(await bucket.remove(paths));
}

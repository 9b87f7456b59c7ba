import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { z } from "zod";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { purgeDeleted } from "@/lib/media/delete";
import { adminClient } from "@/lib/supabase/admin-client";
import { Timestamp, unwrap } from "@/lib/supabase/result";
import { createUserClient } from "@/lib/supabase/user-client";

/**
 * One call of `sweepAccounts` claims at most `MAX_ACCOUNTS` deletions. If a deletion is not finished after `LEASE` seconds, a
 * later call may claim it again.
 */
const MAX_ACCOUNTS = 10;
const LEASE = 120;
/** How many predictions one statement deletes, with their files. */
const BATCH = 200;
/**
 * How long the response to a deletion request waits until the account is deleted (ms). After that, the deletion continues in the
 * background.
 */
const MAX_WAIT = 2_000;

/**
 * Requests the deletion of an account, and returns when it is due: now or, with `DELETE_ACCOUNT_AFTER_DAYS`, later. If the
 * deletion was already requested, the time of the first request stays.
 */
export async function requestDeletion(userId: string): Promise<string> {
  const parameters = { p_user: userId, p_days: env().DELETE_ACCOUNT_AFTER_DAYS };
  return Timestamp.parse(unwrap(await adminClient().rpc("request_account_deletion", parameters)));
}

/** Withdraws the request to delete an account. Changes nothing if the deletion is already due. */
export async function cancelDeletion(userId: string): Promise<void> {
  unwrap(await adminClient().rpc("keep_account", { p_user: userId }));
}

/** Returns when the signed-in user's account will be deleted; null if no deletion was requested. */
export async function getDeletionTime(): Promise<string | null> {
  const supabase = await createUserClient();
  const row = unwrap(await supabase.from("account_deletions").select("due_at").maybeSingle());
  return z.object({ due_at: Timestamp }).nullable().parse(row)?.due_at ?? null;
}

/**
 * Deletes the accounts whose deletion is due, except those of blocked users. Returns how many deletions it has claimed. Also
 * deletes expired exports. Every step can be repeated: if a deletion is interrupted, a later call continues it as soon as the
 * lease has expired. Can run on several servers at the same time. Throws `db_unavailable`.
 */
export async function sweepAccounts(): Promise<number> {
  const parameters = { p_limit: MAX_ACCOUNTS, p_lease_seconds: LEASE };
  const ids = z.array(z.uuid()).parse(unwrap(await adminClient().rpc("claim_account_deletions", parameters)));
  for (const id of ids) {
    await deleteAccount(id).catch((error: unknown) => log.error("account_deletion_failed", { user: id, error }));
  }
  return ids.length;
}

/**
 * Starts to delete the accounts whose deletion is due, and their files. Call this after a user has requested a deletion. Never
 * throws, and delays the response by at most two seconds.
 */
export async function deleteAccountsSoon(): Promise<void> {
  const done = sweepAccounts()
    .then(purgeDeleted)
    .catch((error: unknown) => log.error("account_deletion_failed", { error }));
  after(() => done);
  await Promise.race([done, sleep(MAX_WAIT, undefined, { ref: false })]);
}

/**
 * Ends all sessions of a user, and deletes the account with all its rows. Triggers in the database then list the files of the
 * account for removal from storage, and its running predictions for cancellation at Replicate.
 */
async function deleteAccount(id: string): Promise<void> {
  unwrap(await adminClient().rpc("end_sessions", { p_user: id }));
  while (unwrap(await adminClient().rpc("delete_predictions", { p_user: id, p_limit: BATCH })) === true);
  const { error } = await adminClient().auth.admin.deleteUser(id);
  if (error && error.code !== "user_not_found") throw error;
  log.info("account_deleted", { user: id });
}

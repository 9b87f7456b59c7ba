import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { closing } from "@/lib/closing";
import { advance } from "./advance";
import { findRow } from "./rows";

/** Serverless functions end after five minutes (ms); the sweep goes on where a follower stops. */
const FOLLOW_FOR = 280_000;
/** Between two looks while somebody else is at it, or this clock is ahead of the database's (ms). */
const HELD = 1_000;

/**
 * Follows a prediction until nothing is left to do, looking whenever it is due. Runs after an answer has been sent, with
 * nobody waiting; it may be killed at any time.
 */
export async function follow(id: string): Promise<void> {
  const end = Date.now() + FOLLOW_FOR;
  while (Date.now() < end && !closing.aborted) {
    const moved = await advance(id);
    const row = moved ?? (await findRow(id));
    if (!row?.next_at) return;
    const due = Date.parse(row.next_at) - Date.now();
    // Once this process ends, others go on.
    await sleep(due > 0 ? due + 5 : moved ? 50 : HELD, undefined, { signal: closing }).catch(() => {});
  }
}

import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { shutdownSignal } from "@/lib/shutdown";
import { advance, finish } from "./advance";
import { findRow, type PredictionRow } from "./rows";

/** Serverless functions end after five minutes (ms); the sweep goes on where a follower stops. */
const FOLLOW_FOR = 280_000;
/** Between two looks while somebody else is at it, or this clock is ahead of the database's (ms); it doubles up to the second. */
const HELD = 1_000;
const LONG_HELD = 8_000;
/** Between any two looks, in case this clock is behind the database's (ms). */
const LONGEST = 20_000;

/** Followers of one prediction at one time in this process: its webhook's, its cancel's. More would only ask the same. */
const MOST = 8;
const following = new Map<string, number>();

/**
 * Follows a prediction until nothing is left to do, looking whenever it is due. `known` spares the first reading of its
 * row. Runs after an answer has been sent, with nobody waiting; it may be killed at any time. One that has many followers
 * already is left to them: a key that is repeated without end must not bring another with each repetition.
 */
export async function follow(id: string, known?: PredictionRow): Promise<void> {
  const others = following.get(id) ?? 0;
  if (others >= MOST) return;
  following.set(id, others + 1);
  try {
    await goOn(id, known);
  } finally {
    const left = (following.get(id) ?? 1) - 1;
    if (left > 0) following.set(id, left);
    else following.delete(id);
  }
}

async function goOn(id: string, known: PredictionRow | undefined): Promise<void> {
  const end = Date.now() + FOLLOW_FOR;
  let row = known ?? (await findRow(id));
  let held = HELD;
  while (row?.next_at && Date.now() < end) {
    await pause(Math.min(LONGEST, Date.parse(row.next_at) - Date.now() + 5));
    // Once this process ends, others go on.
    if (shutdownSignal.aborted) return;
    const moved: PredictionRow | null = await (row.status === "succeeded" ? finish(id) : advance(id));
    if (!moved) await pause(held);
    held = moved ? HELD : Math.min(2 * held, LONG_HELD);
    row = moved ?? (await findRow(id));
  }
}

/** ms */
async function pause(time: number) {
  if (time > 0) await sleep(time, undefined, { signal: shutdownSignal }).catch(() => {});
}

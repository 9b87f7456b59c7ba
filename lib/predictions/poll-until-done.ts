import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { after } from "next/server";
import { shutdownSignal } from "@/lib/process-globals";
import { advancePrediction, saveWhenSlotFree } from "./advance";
import { findRow, type PredictionRow } from "./rows";

/**
 * How long to poll (ms). The limit is below five minutes, because serverless functions end then. After that, the sweep
 * continues the work.
 */
const POLL_FOR = 280_000;
/**
 * The first and the longest wait after the row could not be leased (ms). Either another server has the lease, or this server's
 * clock is ahead of the database's clock. The wait doubles after each attempt.
 */
const MIN_BUSY_WAIT = 1_000;
const MAX_BUSY_WAIT = 8_000;
/**
 * The longest wait until a row is due (ms). If this server's clock is behind the database's clock, the calculated wait is too
 * long.
 */
const MAX_WAIT = 20_000;

/**
 * How many calls of `pollUntilDone` may poll the same prediction at the same time, in this process. Each request that repeats an
 * idempotency key is one more call.
 */
const MAX_POLLS = 8;
const polls = new Map<string, number>();

/**
 * Calls `pollUntilDone`, which continues after the response to the current request. Polling begins after the response, or
 * immediately if the response waits for the prediction or streams its text (`isAwaited`). `row` is the row of the prediction, if
 * the caller has it.
 */
export function pollBeyondResponse(id: string, { isAwaited = false, row }: Options = {}): void {
  // `after` calls a function only after the response. If it gets a promise, the work has already begun, and `after` waits for
  // its end.
  after(isAwaited ? pollUntilDone(id, row) : () => pollUntilDone(id, row));
}

type Options = { isAwaited?: boolean; row?: PredictionRow };

/**
 * Advances a prediction whenever it is due, until it is done. `row` is its row, if the caller has it. If this function is
 * interrupted, the sweep continues the work. Stops when the prediction becomes provisional: from then on, only the sweep
 * checks the prediction.
 */
export async function pollUntilDone(id: string, row?: PredictionRow): Promise<void> {
  const others = polls.get(id) ?? 0;
  if (others >= MAX_POLLS) return;
  polls.set(id, others + 1);
  try {
    await poll(id, row);
  } finally {
    const left = (polls.get(id) ?? 1) - 1;
    if (left > 0) polls.set(id, left);
    else polls.delete(id);
  }
}

/**
 * Whether `pollUntilDone` is polling this prediction. Next bundles each route separately, so this function finds only the
 * calls in its own route.
 */
export function isPolled(id: string): boolean {
  return polls.has(id);
}

async function poll(id: string, known: PredictionRow | undefined): Promise<void> {
  const end = Date.now() + POLL_FOR;
  let row = known ?? (await findRow(id));
  let busyWait = MIN_BUSY_WAIT;
  while (row?.next_at && !row.provisional && Date.now() < end) {
    await wait(Math.min(MAX_WAIT, Date.parse(row.next_at) - Date.now() + 5));
    if (shutdownSignal.aborted) return;
    const advanced: PredictionRow | null = await (row.status === "succeeded"
      ? saveWhenSlotFree(id)
      : advancePrediction(id));
    if (!advanced) await wait(busyWait);
    busyWait = advanced ? MIN_BUSY_WAIT : Math.min(2 * busyWait, MAX_BUSY_WAIT);
    row = advanced ?? (await findRow(id));
  }
}

/** Waits for `time` (ms), or until the server shuts down. */
async function wait(time: number) {
  if (time > 0) await sleep(time, undefined, { signal: shutdownSignal }).catch(() => {});
}

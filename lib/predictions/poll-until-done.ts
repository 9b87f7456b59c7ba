import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { shutdownSignal } from "@/lib/process-globals";
import { advancePrediction, saveWhenSlotFree } from "./advance";
import { findRow, type PredictionRow } from "./rows";

/** Serverless functions end after five minutes (ms). The sweep continues afterwards. */
const POLL_FOR = 280_000;
/** The wait while another server has the lease, or this clock is ahead of the database's (ms). It doubles each time. */
const MIN_BUSY_WAIT = 1_000;
const MAX_BUSY_WAIT = 8_000;
/** The longest wait (ms), in case this clock is behind the database's. */
const MAX_WAIT = 20_000;

/** The most concurrent polls of one prediction in this process: each request with a repeated idempotency key starts one more. */
const MAX_POLLS = 8;
const polls = new Map<string, number>();

/**
 * Advances a prediction (`known` is its row) whenever it is due, until it is done. Can be interrupted at any time. Stops when
 * the prediction is provisional: then only the sweep checks it.
 */
export async function pollUntilDone(id: string, known?: PredictionRow): Promise<void> {
  const others = polls.get(id) ?? 0;
  if (others >= MAX_POLLS) return;
  polls.set(id, others + 1);
  try {
    await poll(id, known);
  } finally {
    const left = (polls.get(id) ?? 1) - 1;
    if (left > 0) polls.set(id, left);
    else polls.delete(id);
  }
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

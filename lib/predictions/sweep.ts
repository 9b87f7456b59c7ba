import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { log } from "@/lib/log";
import { advancePrediction, saveWhenSlotFree } from "./advance";
import { cancelDeleted } from "./cancel-deleted";
import { listDueIds, recordHeartbeat } from "./rows";

/** One sweep advances at most `MAX_ROWS` predictions. `slots` limits how many of them it advances at the same time. */
const MAX_ROWS = 200;
const slots = pLimit(8);
/**
 * How long `sweepAll` waits before it saves outputs that have just become due (ms). This is a little longer than 300 ms: the
 * time after success at which an output is due (see the SQL function `update_prediction`).
 */
const OUTPUT_DUE_AFTER = 310;
/** How often this server records the time of its sweep (ms). */
const RECORD_EVERY = 30_000;
let recordedAt = -Infinity;

/**
 * Advances the due predictions that have not succeeded yet, and returns how many there were. Also cancels deleted predictions
 * at Replicate. Can run on several servers at the same time.
 */
export async function sweep(): Promise<number> {
  const ids = await listDueIds(MAX_ROWS, false);
  const canceled = cancelDeleted().catch((error: unknown) => log.error("cancel_failed", { error }));
  await Promise.all(ids.map((id) => slots(() => logFailure(id, advancePrediction(id)))));
  await canceled;
  if (performance.now() - recordedAt > RECORD_EVERY) {
    await recordHeartbeat("sweep");
    recordedAt = performance.now();
  }
  return ids.length;
}

/**
 * Saves the output of the due succeeded predictions, and returns how many there were. This is not a part of `sweep`, so that slow
 * storage does not delay `sweep`.
 */
export async function sweepFiles(): Promise<number> {
  const ids = await listDueIds(MAX_ROWS, true);
  await Promise.all(ids.map((id) => logFailure(id, saveWhenSlotFree(id))));
  return ids.length;
}

/** Runs both sweeps once, for a scheduler. Then saves outputs that have just become due. Returns the number of predictions. */
export async function sweepAll(): Promise<number> {
  const [running, succeeded] = await Promise.all([sweep(), sweepFiles()]);
  if (running === 0) return succeeded;
  await sleep(OUTPUT_DUE_AFTER);
  return running + succeeded + (await sweepFiles());
}

async function logFailure(id: string, step: Promise<unknown>) {
  await step.catch((error: unknown) => log.error("sweep_failed", { prediction: id, error }));
}

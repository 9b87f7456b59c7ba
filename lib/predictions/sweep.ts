import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { log } from "@/lib/log";
import { advancePrediction, saveWhenSlotFree } from "./advance";
import { cancelDeleted } from "./cancel-deleted";
import { listDueIds, recordSweep } from "./rows";

/** The most rows in one sweep, and how many of them are advanced in parallel. */
const MAX_ROWS = 200;
const slots = pLimit(8);
/** `update_prediction` makes the output due 300 ms after success (ms). */
const OUTPUT_DUE_AFTER = 310;
/** This server records its sweeps once in this time (ms). */
const RECORD_EVERY = 30_000;
let recordedAt = -Infinity;

/**
 * Advances the due predictions that have not succeeded yet, and returns their number. Cancels deleted ones at Replicate. Can run
 * on several servers.
 */
export async function sweep(): Promise<number> {
  const ids = await listDueIds(MAX_ROWS, false);
  const canceled = cancelDeleted().catch((error: unknown) => log.error("cancel_failed", { error }));
  await Promise.all(ids.map((id) => slots(() => logFailure(id, advancePrediction(id)))));
  await canceled;
  if (performance.now() - recordedAt > RECORD_EVERY) {
    await recordSweep();
    recordedAt = performance.now();
  }
  return ids.length;
}

/** Saves the output of the due succeeded predictions. Separate from `sweep`, so that slow storage does not delay it. */
export async function sweepFiles(): Promise<number> {
  const ids = await listDueIds(MAX_ROWS, true);
  await Promise.all(ids.map((id) => logFailure(id, saveWhenSlotFree(id))));
  return ids.length;
}

/** Runs both sweeps once, for schedulers, and saves predictions that succeed in the first one. */
export async function sweepAll(): Promise<number> {
  const [running, succeeded] = await Promise.all([sweep(), sweepFiles()]);
  if (running === 0) return succeeded;
  await sleep(OUTPUT_DUE_AFTER);
  return running + succeeded + (await sweepFiles());
}

async function logFailure(id: string, step: Promise<unknown>) {
  await step.catch((error: unknown) => log.error("sweep_failed", { prediction: id, error }));
}

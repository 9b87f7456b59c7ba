import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { log } from "@/lib/log";
import { advance, finish } from "./advance";
import { listDue, noteSweep } from "./rows";

/** Rows looked at in one sweep, and at one time. */
const MOST = 200;
const working = pLimit(8);
/** Files are due this long after the end (ms), as `update_prediction` has it. */
const HEAD_START = 310;
/** Between two notes that sweeps are done here (ms). */
const NOTE_EVERY = 30_000;
let notedAt = -Infinity;

/** Moves every prediction that is due and not over, whoever lost it. Returns how many there were. May run anywhere, in several places at once. */
export async function sweep(): Promise<number> {
  const ids = await listDue(MOST, false);
  await Promise.all(ids.map((id) => working(() => noted(id, advance(id)))));
  if (performance.now() - notedAt > NOTE_EVERY) {
    await noteSweep();
    notedAt = performance.now();
  }
  return ids.length;
}

/** Copies the files of all that have succeeded and whose files are due. Apart: storage that hangs must not hold up what it has no part in. */
export async function sweepFiles(): Promise<number> {
  const ids = await listDue(MOST, true);
  await Promise.all(ids.map((id) => noted(id, finish(id))));
  return ids.length;
}

/** One round of both, for schedulers: what is found to have succeeded is copied in the same round. */
export async function sweepAll(): Promise<number> {
  const [running, finished] = await Promise.all([sweep(), sweepFiles()]);
  if (running === 0) return finished;
  await sleep(HEAD_START);
  return running + finished + (await sweepFiles());
}

async function noted(id: string, step: Promise<unknown>) {
  await step.catch((error: unknown) => log.error("sweep_failed", { prediction: id, error }));
}

import "server-only";
import pLimit from "p-limit";
import { log } from "@/lib/log";
import { advance } from "./advance";
import { listDue, noteSweep } from "./rows";

/** Rows looked at in one sweep, and at one time. */
const MOST = 200;
const working = pLimit(8);
/** Between two notes that sweeps are done here (ms). */
const NOTE_EVERY = 30_000;
let notedAt = -Infinity;

/** Moves every prediction that is due, whoever lost it. Returns how many were due. May run anywhere, in several places at once. */
export async function sweep(): Promise<number> {
  const ids = await listDue(MOST);
  await Promise.all(
    ids.map((id) =>
      working(() => advance(id).catch((error: unknown) => log.error("sweep_failed", { prediction: id, error }))),
    ),
  );
  if (performance.now() - notedAt > NOTE_EVERY) {
    await noteSweep();
    notedAt = performance.now();
  }
  return ids.length;
}

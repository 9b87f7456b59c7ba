import "server-only";
import type { PredictionUpdate } from "./from-replicate";
import { applyUpdate, type PredictionRow } from "./rows";

/** Replicate runs a prediction for 30 minutes at most, and deletes its files an hour later. Then nothing can be saved (s). */
const CHECK_FOR = 95 * 60;
/** The shortest and longest time between two checks (s). */
const MIN_PAUSE = 60;
const MAX_PAUSE = 15 * 60;

/**
 * Ends a prediction as failed because Replicate gave no usable response. Its result may still come: until its files would be
 * deleted, the sweep checks it less and less often, and webhooks are accepted. `elapsed`: seconds since it was sent.
 */
export function endProvisionally(
  row: PredictionRow,
  elapsed: number,
  reason: Required<Pick<PredictionUpdate, "error" | "error_code">>,
): Promise<PredictionRow | null> {
  const pause = Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, elapsed / 2));
  const update = { status: "failed" as const, provisional: true, ...reason };
  const known = row.replicate_id === null ? {} : { replicate_id: row.replicate_id };
  return applyUpdate(row, { ...update, ...known }, elapsed > CHECK_FOR ? null : pause);
}

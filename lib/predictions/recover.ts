import "server-only";
import { getPrediction, listPredictionsSince } from "@/lib/replicate/client";
import { ReplicateError } from "@/lib/replicate/errors";
import type { ReplicatePrediction } from "@/lib/replicate/schema";
import { knownReplicateIds } from "./known-ids";
import { isOurs } from "./ours";
import { nextPollIn } from "./polling-interval";
import { apply, markSent, release, type PredictionRow } from "./rows";
import { send } from "./send";
import { updateOf } from "./from-replicate";

/** After this long without a sign of it at Replicate, a create is taken as never received (ms). */
const GIVE_UP_AFTER = 120_000;
/** Replicate's clock and the database's may differ by this much (ms). */
const SKEW = 60_000;
/** Candidates looked at in one go: each costs a request. */
const MOST_CANDIDATES = 10;

/**
 * Moves a leased row on that has no Replicate id: sends it if it waits in the queue, else looks for the prediction that
 * an unclear create may have started. It is given up only after a look that Replicate answered. `now` (ms) is the
 * database's clock.
 */
export async function settle(row: PredictionRow, now: number): Promise<PredictionRow | null> {
  if (!row.sent_at) {
    if (row.cancel_requested_at) return apply(row, { status: "canceled" }, 0);
    return (await markSent(row)) ? (await send(row)).row : release(row, 1, null);
  }

  const sentAt = Date.parse(row.sent_at);
  let found: ReplicatePrediction | null;
  try {
    found = await findLost(row, sentAt);
  } catch (error) {
    if (!(error instanceof ReplicateError)) throw error;
    return release(row, Math.max(error.kind === "throttled" ? error.retryAfter : 0, 5), null);
  }
  if (found) return apply(row, updateOf(found), await nextPollIn(row.model, (now - sentAt) / 1000));
  if (now - sentAt < GIVE_UP_AFTER) return release(row, 3, null);
  return apply(
    row,
    {
      status: "failed",
      error: "Replicate could not be reached. Nothing was made.",
      error_code: "provider_unreachable",
    },
    0,
  );
}

async function findLost(row: PredictionRow, sentAt: number): Promise<ReplicatePrediction | null> {
  const since = await listPredictionsSince(sentAt - SKEW);
  const distance = (item: { created_at: string }) => Math.abs(Date.parse(item.created_at) - sentAt);
  const known = await knownReplicateIds(since.map((item) => item.id));
  const candidates = since.filter(
    (item) => !known.has(item.id) && (!row.version || !item.version || item.version === row.version),
  );
  for (const { id } of candidates.toSorted((a, b) => distance(a) - distance(b)).slice(0, MOST_CANDIDATES)) {
    const remote = await getPrediction(id);
    if (await isOurs(row, remote)) return remote;
  }
  return null;
}

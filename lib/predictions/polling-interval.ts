import "server-only";
import { cached } from "@/lib/cache";
import { env } from "@/lib/env";
import { getTypicalSeconds } from "./rows";

/** Assumed for a model that has never finished here (s). */
const DEFAULT_SECONDS = 4;
/** Shortest and longest time between two polls (s). */
const MIN_DELAY = 0.1;
const MAX_DELAY = 20;

const loadTypicalSeconds = cached(5_000, (model: string) => getTypicalSeconds(model).catch(() => null));

/**
 * How long to wait before Replicate is asked about a prediction that has run for `elapsed` (both s): seldom at first, often
 * near the model's typical end, and less and less often after it. With webhooks only after one seems to be lost.
 */
export async function getPollDelay(model: string, elapsed: number): Promise<number> {
  const expected = (await loadTypicalSeconds(null, model)) ?? DEFAULT_SECONDS;
  if (env().webhookUrl) return clamp(Math.max(expected * 2, 10) - elapsed, 5);
  if (elapsed < expected * 0.4) return clamp(expected * 0.5 - elapsed, MIN_DELAY);
  const nearEnd = expected * 0.98;
  if (elapsed < nearEnd - MIN_DELAY) return nearEnd - elapsed;
  // Grows with the time overdue, so that the number of polls grows slowly.
  return clamp((elapsed - nearEnd) * 0.5, MIN_DELAY);
}

function clamp(seconds: number, least: number): number {
  return Math.min(MAX_DELAY, Math.max(least, seconds));
}

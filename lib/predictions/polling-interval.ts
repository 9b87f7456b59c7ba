import "server-only";
import { env } from "@/lib/env";
import { typicalSeconds } from "./rows";

/** What is assumed of a model that has never finished here (s). */
const UNKNOWN = 4;
/** How long a model's usual time is believed before it is asked of the database again (ms). */
const FRESH = 5_000;
/** Between two questions about one prediction (s), however near its end seems. */
const SHORTEST = 0.1;
const LONGEST = 20;

const usual = new Map<string, { seconds: Promise<number | null>; until: number }>();

/**
 * How long to wait (s) before Replicate is asked about a prediction that has run for `elapsed` seconds: seldom at first,
 * often near its usual end, ever more seldom after it. Where webhooks reach us, only once one seems to be lost.
 */
export async function nextPollIn(model: string, elapsed: number): Promise<number> {
  const expected = (await usualSeconds(model)) ?? UNKNOWN;
  if (env().webhookUrl) return clamp(Math.max(expected * 2, 10) - elapsed, 5);
  if (elapsed < expected * 0.4) return clamp(expected * 0.5 - elapsed, SHORTEST);
  const nearEnd = expected * 0.98;
  if (elapsed < nearEnd - SHORTEST) return nearEnd - elapsed;
  // The longer it is overdue the longer the waits, so that the number of questions grows slowly.
  return clamp((elapsed - nearEnd) * 0.5, SHORTEST);
}

function usualSeconds(model: string): Promise<number | null> {
  const cached = usual.get(model);
  if (cached && cached.until > Date.now()) return cached.seconds;
  const seconds = typicalSeconds(model).catch(() => null);
  if (usual.size > 500) usual.clear();
  usual.set(model, { seconds, until: Date.now() + FRESH });
  return seconds;
}

function clamp(seconds: number, least: number): number {
  return Math.min(LONGEST, Math.max(least, seconds));
}

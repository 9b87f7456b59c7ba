import "server-only";
import { cached } from "@/lib/models/cached-request";
import { env } from "@/lib/env";
import { getTypicalSeconds } from "@/lib/models/typical-seconds";

/** The assumed run time of a model that has no finished prediction yet (s). */
const DEFAULT_SECONDS = 4;
/** The shortest and longest time between two polls (s). */
const MIN_DELAY = 0.1;
const MAX_DELAY = 20;

const loadTypicalSeconds = cached(5_000, (model: string) => getTypicalSeconds(model).catch(() => null));

/**
 * Returns the seconds until the next poll of a prediction that was sent `elapsed` seconds ago. Without webhooks, polls are rare
 * at first, frequent around the model's typical run time, and then rare again. With webhooks, the wait is 5 to 20 seconds. Each
 * webhook that is written starts a new wait, so a prediction is polled only while no webhooks arrive for it.
 */
export async function getPollDelay(model: string, elapsed: number): Promise<number> {
  const typical = (await loadTypicalSeconds(null, model)) ?? DEFAULT_SECONDS;
  if (env().webhookUrl) return clamp(Math.max(typical * 2, 10) - elapsed, 5);
  if (elapsed < typical * 0.4) return clamp(typical * 0.5 - elapsed, MIN_DELAY);
  const almostDone = typical * 0.98;
  if (elapsed < almostDone - MIN_DELAY) return almostDone - elapsed;
  // The delay grows with the elapsed time, so that slow predictions need few polls.
  return clamp((elapsed - almostDone) * 0.5, MIN_DELAY);
}

function clamp(seconds: number, least: number): number {
  return Math.min(MAX_DELAY, Math.max(least, seconds));
}

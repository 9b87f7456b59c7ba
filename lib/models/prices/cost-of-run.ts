import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { costLimitOf } from "@/lib/models/allowed-models";
import { getFields } from "@/lib/models/inputs/fields";
import type { Model } from "@/lib/models/resolve";
import { costByPrice, MAX_SECONDS, type PricedRun } from "./cost-by-price";
import { findPrice, hardwarePrice } from "./price-list";

/** The id of the most expensive hardware that public models usually run on. */
const DEAREST_HARDWARE = "gpu-h100";

/** Returns what a run of a model with this input usually costs, and the most that it can cost. */
export function costOfRun({ model, version, schema }: Model, input: Record<string, unknown>): PricedRun {
  const entry = findPrice(model);
  if (entry) return costByPrice(entry, input, schema ? getFields(schema) : []);
  // `version` is null only for an official model. Official models are not billed by time, so we assume no price for a second.
  const amounts = version === null ? {} : { second: hardwarePrice(DEAREST_HARDWARE) };
  return { price: { basis: "unknown", usual: null, ...amounts }, max_usd: env().UNKNOWN_RUN_USD };
}

/**
 * Throws `run_too_expensive` if a run may cost more than `costLimitOf` allows. If we do not know the price or the inputs of the
 * model, we assume that the run takes as long as possible on the most expensive hardware.
 */
export function requireWithinLimit({ model, schema }: Model, { price, max_usd }: PricedRun): void {
  const limit = costLimitOf(model);
  const isKnown = price.basis !== "unknown" && schema !== null;
  const most = isKnown ? max_usd : Math.max(max_usd, MAX_SECONDS * hardwarePrice(DEAREST_HARDWARE));
  if (limit === null || most <= limit) return;
  throw new AppError(
    "run_too_expensive",
    `This run may cost up to ${inDollars(most)}, but only runs of at most ${inDollars(limit)} are allowed here. Choose a smaller size, a shorter length or fewer results. The operator of this site can allow more expensive runs of ${model} with the setting ALLOWED_MODELS.`,
  );
}

/** Returns an amount in dollars, rounded up, so that the amount is never stated as lower than it is. */
function inDollars(usd: number): string {
  return `$${(Math.ceil(Number((usd * 100).toFixed(6))) / 100).toFixed(2)}`;
}

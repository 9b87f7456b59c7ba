import "server-only";
import { env } from "@/lib/env";
import { getFields } from "@/lib/models/fields";
import type { Model } from "@/lib/models/resolve";
import { costByPrice, type PricedRun } from "./cost-by-price";
import { findPrice, hardwarePrice } from "./price-list";

/** The dearest hardware that public models usually run on. */
const DEAREST_HARDWARE = "gpu-h100";

/** Returns what a run of a model with this input usually costs, and the most that it can cost. */
export function costOfRun({ model, version, schema }: Model, input: Record<string, unknown>): PricedRun {
  const entry = findPrice(model);
  if (entry) return costByPrice(entry, input, schema ? getFields(schema) : []);
  // Official models, which run without a version, are not billed by time.
  const amounts = version === null ? {} : { second: hardwarePrice(DEAREST_HARDWARE) };
  return { price: { basis: "unknown", usual: null, ...amounts }, max_usd: env().UNKNOWN_RUN_USD };
}

import type { UsageAtStart } from "@/components/generate/composer/cost-and-usage-note";
import { findExcess, UsageText } from "@/components/generate/composer/cost-and-usage-text";
import type { Values } from "@/components/jobs/job";
import type { Usage } from "@/lib/history/schema";
import { costLimitOf } from "@/lib/models/allowed-models";
import type { Field } from "@/lib/models/inputs/fields";
import { costByPrice } from "@/lib/models/prices/cost-by-price";
import { findPrice } from "@/lib/models/prices/price-list";
import { modelNameOf } from "@/lib/models/ref";

/**
 * Returns the data with which `UsageNote` shows what a run costs and how much of today's limits is left. `before` is the note
 * for the values in `start`, and is shown until `UsageNote` has loaded.
 */
export function usageAtStart(form: { ref: string; fields: Field[] }, start: Values | null, usage: Usage): UsageAtStart {
  const model = modelNameOf(form.ref);
  const price = findPrice(model) ?? null;
  const limit = costLimitOf(model);
  const cost = price && costByPrice(price, start ?? {}, form.fields);
  const before = (
    <UsageText usage={usage} cost={cost && cost.price.usual} excess={cost && findExcess(cost.max_usd, limit)} />
  );
  return { usage, price, limit, before };
}

import type { DayTotal, ModelTotal, Usage } from "@/lib/predictions/schema";
import { DaysPlot } from "./days-plot";
import { ModelsPlot } from "./models-plot";
import { Today } from "./today";
import { TotalsTable } from "./totals-table";

type TotalsProps = { days: DayTotal[]; models: ModelTotal[]; usage: Usage };

/** What the last 30 days add up to, and what today still holds. */
export function Totals({ days, models, usage }: TotalsProps) {
  return (
    <section aria-label="Last 30 days" className="rounded border bg-surface">
      <div className="grid divide-y md:grid-cols-[minmax(0,2fr)_minmax(0,1.5fr)_minmax(0,1fr)] md:divide-x md:divide-y-0">
        <DaysPlot days={days} />
        <ModelsPlot models={models} />
        <Today usage={usage} />
      </div>
      {models.length > 0 ? <TotalsTable days={days} models={models} /> : null}
    </section>
  );
}

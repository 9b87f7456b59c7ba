import { plural } from "@/components/ui/format";
import { LocalTime } from "@/components/ui/local-time";
import type { DayTotal, ModelTotal, Usage } from "@/lib/predictions/schema";
import { Bar, DaysPlot, ModelsPlot } from "./plots";
import { TotalsTable } from "./totals-table";

type TotalsProps = { days: DayTotal[]; models: ModelTotal[]; usage: Usage };

/** The totals of the last 30 days, and what is left of today's limits. */
export function Totals({ days, models, usage }: TotalsProps) {
  return (
    <section aria-label="Last 30 days" className="rounded border bg-surface">
      <div className="grid divide-y md:grid-cols-[minmax(0,2fr)_minmax(0,1.5fr)_minmax(0,1fr)] md:divide-x md:divide-y-0">
        <DaysPlot days={days} />
        <ModelsPlot models={models} />
        <UsageToday usage={usage} />
      </div>
      {models.length > 0 ? <TotalsTable days={days} models={models} /> : null}
    </section>
  );
}

function UsageToday({ usage: { images, in_flight: running, resets_at } }: { usage: Usage }) {
  return (
    <div className="min-w-0 p-5">
      <h2 className="text-[13px] text-muted">Left today</h2>
      <p className="mt-1 text-lg font-medium">{plural(images.left, "image")}</p>
      <Bar
        share={images.limit > 0 ? Math.min(images.left, images.limit) / images.limit : 0}
        className="mt-4 fill-ink"
      />
      <p className="mt-3 text-[13px] text-pretty text-muted">
        {images.used} of {images.limit} used. Resets at <LocalTime iso={resets_at} />.
      </p>
      <p className="mt-1 text-[13px] text-muted">
        {running.used} of {running.limit} running now.
      </p>
    </div>
  );
}

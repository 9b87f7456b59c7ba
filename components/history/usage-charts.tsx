import { DayBars } from "@/components/shell/charts/day-bars";
import { Bar } from "@/components/shell/charts/bar";
import { formatDay, plural } from "@/components/ui/format";
import { formatUsd } from "@/components/ui/format-usd";
import { modelTitles } from "@/lib/models/catalog";
import type { DayTotal, ModelTotal } from "@/lib/history/schema";

/** Plots the number of saved files on each day, and below the line the number of failed runs. Rendered on the server. */
export function DaysPlot({ days }: { days: DayTotal[] }) {
  const images = days.reduce((sum, day) => sum + day.images, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  const usd = days.reduce((sum, day) => sum + day.usd, 0);
  const busiest = days.reduce<DayTotal | null>((best, day) => (day.images > (best?.images ?? 0) ? day : best), null);
  const label = `${plural(images, "file")} in 30 days, ${plural(failed, "failed run")}${busiest ? `; most files on ${formatDay(busiest.day)}: ${busiest.images}` : ""}`;
  return (
    <div className="flex min-w-0 flex-col p-5">
      <h2 className="text-[13px] text-muted">Last 30 days</h2>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className="text-lg font-medium">{plural(images, "file")}</span>
        {failed > 0 ? <span className="text-[13px] text-danger">{plural(failed, "failed run")}</span> : null}
        {usd > 0 ? <span className="text-[13px] text-muted">about {formatUsd(usd)}</span> : null}
      </p>
      <DayBars
        label={label}
        least={4}
        days={days.map((day) => ({
          day: day.day,
          above: day.images,
          below: day.failed,
          title: `${plural(day.images, "file")}, ${plural(day.failed, "failed run")}`,
        }))}
      />
    </div>
  );
}

const maxModels = 5;

/** Plots the number of files that each model has made, for at most five models. The model with the most files comes first. */
export function ModelsPlot({ models }: { models: ModelTotal[] }) {
  const max = Math.max(1, ...models.map(({ images }) => images));
  const others = models.length - maxModels;
  const titles = modelTitles(models.map(({ model }) => model));
  return (
    <div className="min-w-0 p-5">
      <h2 className="text-[13px] text-muted">Files by model</h2>
      {models.length === 0 ? <p className="mt-1 text-[13px]">No runs in this period.</p> : null}
      <div className="mt-3 flex flex-col gap-2.5">
        {models.slice(0, maxModels).map(({ model, images }, index) => (
          <div key={model}>
            <p className="flex justify-between gap-3 text-[13px]">
              <span title={model} className="truncate">
                {titles[index]?.title}
              </span>
              <span className="font-mono text-[12px] tabular-nums">{images}</span>
            </p>
            <Bar share={images / max} className="mt-1 fill-muted" />
          </div>
        ))}
      </div>
      {others > 0 ? <p className="mt-2 text-[12px] text-muted">and {others} more</p> : null}
    </div>
  );
}

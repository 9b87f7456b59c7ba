import { formatDay, plural } from "@/components/ui/format";
import { formatUsd } from "@/components/ui/format-usd";
import { modelTitles } from "@/lib/models/catalog";
import type { DayTotal, ModelTotal } from "@/lib/history/schema";

// The width of a day, and the heights of the chart above and below its line, in SVG units.
const dayWidth = 10;
const heightAbove = 64;
const heightBelow = 16;
const minBarHeight = 1.5;

/** A bar chart: above the line, the number of saved files on each day; below the line, the number of failed predictions. */
export function DaysPlot({ days }: { days: DayTotal[] }) {
  const images = days.reduce((sum, day) => sum + day.images, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  const usd = days.reduce((sum, day) => sum + day.usd, 0);
  const max = Math.max(4, ...days.map((day) => Math.max(day.images, (day.failed * heightAbove) / heightBelow)));
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(minBarHeight, (count / max) * heightAbove));
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
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${days.length * dayWidth} ${heightAbove + heightBelow}`}
        preserveAspectRatio="none"
        className="mt-3 h-20 w-full"
      >
        {days.map((day, index) => (
          <g key={day.day}>
            <title>{`${formatDay(day.day)}: ${plural(day.images, "file")}, ${plural(day.failed, "failed run")}`}</title>
            {/* Because of this transparent column, the tooltip appears over the whole column, not only over the bars. */}
            <rect
              x={index * dayWidth}
              y={0}
              width={dayWidth}
              height={heightAbove + heightBelow}
              className="fill-transparent"
            />
            <rect
              x={index * dayWidth + 1.5}
              y={heightAbove - heightOf(day.images)}
              width={dayWidth - 3}
              height={heightOf(day.images)}
              className={index === days.length - 1 ? "fill-ink" : "fill-muted"}
            />
            <rect
              x={index * dayWidth + 1.5}
              y={heightAbove + 1}
              width={dayWidth - 3}
              height={heightOf(day.failed)}
              className="fill-danger"
            />
          </g>
        ))}
        <rect x={0} y={heightAbove} width={days.length * dayWidth} height={0.75} className="fill-edge" />
      </svg>
      <p aria-hidden className="mt-1 flex justify-between text-[11px] text-muted tabular-nums">
        <span>{formatDay(days[0]?.day ?? "")}</span>
        <span>today</span>
      </p>
    </div>
  );
}

const maxModels = 5;

/** The number of files that each model has made. The most used model comes first. */
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

/** A horizontal bar. `share` is its filled part, from 0 to 1. */
export function Bar({ share, className }: { share: number; className: string }) {
  return (
    <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className={`h-1 w-full ${className}`}>
      <rect width={100} height={4} className="fill-raised" />
      <rect width={share * 100} height={4} />
    </svg>
  );
}

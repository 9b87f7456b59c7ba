import type { DayTotal } from "@/lib/predictions/schema";
import { dayWords, many } from "@/components/ui/format";

// In units of the drawing: a day is ten wide, bars stand on the line at `up`, and what failed hangs below it.
const step = 10;
const up = 64;
const down = 16;
const least = 1.5;

/** Images by day, and below the line what failed. Drawn on the server; the table beside it says the same in numbers. */
export function DaysPlot({ days }: { days: DayTotal[] }) {
  const images = days.reduce((sum, day) => sum + day.images, 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  const most = Math.max(4, ...days.map((day) => Math.max(day.images, (day.failed * up) / down)));
  const height = (count: number) => (count === 0 ? 0 : Math.max(least, (count / most) * up));
  const busiest = days.reduce<DayTotal | null>((best, day) => (day.images > (best?.images ?? 0) ? day : best), null);
  const words = `${many(images, "image")} in 30 days, ${failed} failed${busiest ? `; most on ${dayWords(busiest.day)}: ${busiest.images}` : ""}`;
  return (
    <div className="flex min-w-0 flex-col p-5">
      <h2 className="text-[13px] text-muted">Last 30 days</h2>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className="text-lg font-medium">{many(images, "image")}</span>
        {failed > 0 ? <span className="text-[13px] text-danger">{failed} failed</span> : null}
      </p>
      <svg
        role="img"
        aria-label={words}
        viewBox={`0 0 ${days.length * step} ${up + down}`}
        preserveAspectRatio="none"
        className="mt-3 h-20 w-full"
      >
        {days.map((day, index) => (
          <g key={day.day}>
            <title>{`${dayWords(day.day)}: ${many(day.images, "image")}, ${day.failed} failed`}</title>
            <rect x={index * step} y={0} width={step} height={up + down} className="fill-transparent" />
            <rect
              x={index * step + 1.5}
              y={up - height(day.images)}
              width={step - 3}
              height={height(day.images)}
              className={index === days.length - 1 ? "fill-ink" : "fill-muted"}
            />
            <rect
              x={index * step + 1.5}
              y={up + 1}
              width={step - 3}
              height={height(day.failed)}
              className="fill-danger"
            />
          </g>
        ))}
        <rect x={0} y={up} width={days.length * step} height={0.75} className="fill-edge" />
      </svg>
      <p aria-hidden className="mt-1 flex justify-between text-[11px] text-muted tabular-nums">
        <span>{dayWords(days[0]?.day ?? "")}</span>
        <span>today</span>
      </p>
    </div>
  );
}

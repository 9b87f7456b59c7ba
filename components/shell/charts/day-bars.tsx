import { formatDay } from "@/components/ui/format";

// In SVG units: the width of a day, the heights above and below the line, and the smallest height of a bar.
const dayWidth = 10;
const heightAbove = 64;
const heightBelow = 16;
const minBarHeight = 1.5;

type DayBarsProps = {
  /** A description of the plot for screen readers. */
  label: string;
  /** The days, the oldest first; the last one is today. `title` is the tooltip of a day, without its date. */
  days: { day: string; above: number; below?: number; title: string }[];
  /** The top of the scale is at least this value. So if all values are small, the bars stay short. */
  least: number;
};

/** A plot with two bars for each day: `above` the line and, if given, `below` it. Rendered on the server. */
export function DayBars({ label, days, least }: DayBarsProps) {
  const highest = ({ above, below = 0 }: (typeof days)[number]) => Math.max(above, (below * heightAbove) / heightBelow);
  const max = Math.max(least, ...days.map(highest));
  const heightOf = (value: number) => (value === 0 ? 0 : Math.max(minBarHeight, (value / max) * heightAbove));
  return (
    <>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${days.length * dayWidth} ${heightAbove + heightBelow}`}
        preserveAspectRatio="none"
        className="mt-3 h-20 w-full"
      >
        {days.map(({ day, above, below = 0, title }, index) => (
          <g key={day}>
            <title>{`${formatDay(day)}: ${title}`}</title>
            {/* Makes the tooltip appear over the whole column, not only over the bars. */}
            <rect
              x={index * dayWidth}
              y={0}
              width={dayWidth}
              height={heightAbove + heightBelow}
              className="fill-transparent"
            />
            <rect
              x={index * dayWidth + 1.5}
              y={heightAbove - heightOf(above)}
              width={dayWidth - 3}
              height={heightOf(above)}
              className={index === days.length - 1 ? "fill-ink" : "fill-muted"}
            />
            <rect
              x={index * dayWidth + 1.5}
              y={heightAbove + 1}
              width={dayWidth - 3}
              height={heightOf(below)}
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
    </>
  );
}

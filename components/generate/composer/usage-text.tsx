import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { nearLimits } from "@/lib/history/near-limits";
import type { Usage } from "@/lib/history/schema";

export type CostExcess = { most: number; limit: number } | null;

/** `limit` is null if any cost is allowed. */
export function findExcess(most: number, limit: number | null): CostExcess {
  if (limit === null || most <= limit) return null;
  // Rounded up to cents. The tiny number compensates for the rounding error of the multiplication.
  return { most: Math.ceil(most * 100 - 1e-6) / 100, limit };
}

type UsageTextProps = {
  usage: Usage;
  /** What the run usually costs (US dollars); null or NaN if it is not known. */
  cost: number | null;
  /** The most that the run can cost, and the most that it may cost. Null if it is allowed. */
  excess: CostExcess;
};

/** What the run costs, if that is known, and what is left today. */
export function UsageText({ usage, cost, excess }: UsageTextProps) {
  const { left, limit } = usage.images;
  const isLow = left <= Math.max(4, limit / 10);
  const count = `${left} ${left === 1 ? "image" : "images"} left today.`;
  const near = nearLimits(usage);
  return (
    <p
      className={`mt-2 text-center text-xs text-pretty ${isLow || near.length > 0 || excess ? "text-ink" : "text-muted"}`}
    >
      {excess
        ? `This may cost up to ${formatUsd(excess.most)}. Only runs of at most ${formatUsd(excess.limit)} are allowed here. `
        : cost
          ? `${cost < 0.0001 ? "Less than $0.0001" : `About ${formatUsd(cost)}`}. `
          : null}
      {left === 0 ? "No images left today." : isLow ? `Only ${count}` : count}
      {isLow ? (
        <>
          {" "}
          More at <LocalTime iso={usage.resets_at} />.
        </>
      ) : null}
      {near.map((sentence) => ` ${sentence}`)}
    </p>
  );
}

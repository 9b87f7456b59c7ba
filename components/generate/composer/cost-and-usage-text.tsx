import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { nearLimits } from "@/lib/history/near-limits";
import type { Usage } from "@/lib/history/schema";

export type CostExcess = { most: number; limit: number } | null;

/**
 * Compares the highest possible cost of a run (`most`) with the highest allowed cost (`limit`, null if any cost is allowed).
 * Returns both if the run may cost too much; otherwise null.
 */
export function findExcess(most: number, limit: number | null): CostExcess {
  if (limit === null || most <= limit) return null;
  // The cost is rounded up to cents. Without `1e-6`, a rounding error of the multiplication could add one cent.
  return { most: Math.ceil(most * 100 - 1e-6) / 100, limit };
}

type UsageTextProps = {
  usage: Usage;
  /** What the run usually costs (US dollars); null or NaN if it is not known. */
  cost: number | null;
  /** The highest possible cost of the run and the highest allowed cost, if the run may cost too much. */
  excess: CostExcess;
};

/** Says what the run costs, if this is known, and what is left of the user's limits. */
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
        ? `This run may cost up to ${formatUsd(excess.most)}. Only runs of at most ${formatUsd(excess.limit)} are allowed here. `
        : cost
          ? `Cost: ${cost < 0.0001 ? "less than $0.0001" : `about ${formatUsd(cost)}`}. `
          : null}
      {left === 0 ? "No images left today." : isLow ? `Only ${count}` : count}
      {isLow ? (
        <>
          {" "}
          The limit resets at <LocalTime iso={usage.resets_at} />.
        </>
      ) : null}
      {near.map((sentence) => ` ${sentence}`)}
    </p>
  );
}

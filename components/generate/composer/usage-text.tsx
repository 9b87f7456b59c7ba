import { formatUsd } from "@/components/ui/format-usd";
import { LocalTime } from "@/components/ui/local-time";
import { nearLimits } from "@/lib/history/near-limits";
import type { Usage } from "@/lib/history/schema";

/** What the run costs, if that is known, and what is left today. */
export function UsageText({ usage, cost }: { usage: Usage; cost: number | null }) {
  const { left, limit } = usage.images;
  const isLow = left <= Math.max(4, limit / 10);
  const count = `${left} ${left === 1 ? "image" : "images"} left today.`;
  const near = nearLimits(usage);
  return (
    <p className={`mt-2 text-center text-xs text-pretty ${isLow || near.length > 0 ? "text-ink" : "text-muted"}`}>
      {cost ? `About ${formatUsd(cost)}. ` : null}
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

import { ChevronDown } from "lucide-react";
import { DayBars } from "@/components/shell/charts/day-bars";
import { formatDay, plural } from "@/components/ui/format";
import { formatUsd } from "@/components/ui/format-usd";
import type { Installation } from "@/lib/admin/schema";
import { modelTitles } from "@/lib/models/catalog";
import { NumberTable } from "./number-table";

/** Shows what all users together have spent in the last 30 days, as a plot and tables. */
export function Spend({ days, models }: Pick<Installation, "days" | "models">) {
  const usd = days.reduce((sum, day) => sum + day.usd, 0);
  const images = days.reduce((sum, day) => sum + day.images, 0);
  const titles = modelTitles(models.map(({ model }) => model));
  const total = `${formatUsd(usd)} and ${plural(images, "image")}`;
  return (
    <div className="rounded border bg-surface">
      <div className="p-5">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-lg font-medium">{formatUsd(usd)}</span>
          <span className="text-[13px] text-muted">{plural(images, "image")}</span>
        </p>
        <DayBars
          label={`${total} in 30 days`}
          least={0.01}
          days={days.map((day) => ({
            day: day.day,
            above: day.usd,
            title: `${formatUsd(day.usd)}, ${plural(day.images, "image")}`,
          }))}
        />
      </div>
      <div className="border-t px-5 py-4">
        <NumberTable
          columns={["Model", "Runs", "Failed", "Images", "Cost"]}
          rows={models.map(({ model, runs, failed, images: count, usd: cost }, index) => [
            titles[index]?.title ?? model,
            runs,
            failed,
            count,
            formatUsd(cost),
          ])}
          empty="No runs in the last 30 days."
        />
      </div>
      <details className="group border-t">
        <summary className="flex h-10 items-center gap-1 px-5 text-[13px] text-muted select-none hover:text-ink">
          Show the days as a table
          <ChevronDown aria-hidden className="size-3.5 group-open:rotate-180" />
        </summary>
        <div className="px-5 pt-1 pb-5">
          <NumberTable
            columns={["Day (UTC)", "Images", "Cost"]}
            rows={days
              .filter((day) => day.images > 0 || day.usd > 0)
              .toReversed()
              .map((day) => [formatDay(day.day), day.images, formatUsd(day.usd)])}
            empty="Nothing in the last 30 days."
          />
        </div>
      </details>
    </div>
  );
}

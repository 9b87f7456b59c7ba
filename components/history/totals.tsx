import { ChevronDown } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Bar } from "@/components/shell/charts/bar";
import { formatDay, plural } from "@/components/ui/format";
import { formatUsd } from "@/components/ui/format-usd";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { nearLimits } from "@/lib/history/near-limits";
import { modelTitles } from "@/lib/models/catalog";
import type { DayTotal, ModelTotal, Total, Usage } from "@/lib/history/schema";
import { DaysPlot, ModelsPlot } from "./usage-charts";

type TotalsProps = { days: DayTotal[]; models: ModelTotal[]; usage: Usage };

/** The totals of the last 30 days, and the images left today. */
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

function UsageToday({ usage }: { usage: Usage }) {
  const { images, in_flight: running, resets_at } = usage;
  return (
    <div className="min-w-0 p-5">
      <h2 className="text-[13px] text-muted">Left today</h2>
      <p className="mt-1 text-lg font-medium">{plural(images.left, "image")}</p>
      <Bar
        share={images.limit > 0 ? Math.min(images.left, images.limit) / images.limit : 0}
        className="mt-4 fill-ink"
      />
      <p className="mt-3 text-[13px] text-pretty text-muted">
        {images.used} of {images.limit} used. The limit resets at {resets_at.slice(11, 16)} UTC.
      </p>
      <p className="mt-1 text-[13px] text-muted">
        {plural(running.used, "run")} in progress, at most {running.limit} at the same time.
      </p>
      {nearLimits(usage).map((sentence) => (
        <p key={sentence} className="mt-1 text-[13px] text-pretty">
          {sentence}
        </p>
      ))}
    </div>
  );
}

type Row = Total & { name: string; href: Route };

const path = "/dashboard/history";

/** The numbers of the charts, as two tables. Each row links to the predictions that it counts. */
function TotalsTable({ days, models }: { days: DayTotal[]; models: ModelTotal[] }) {
  const [from = "", to = ""] = [days.at(0)?.day, days.at(-1)?.day];
  const titles = modelTitles(models.map(({ model }) => model));
  const busy = days.filter(({ predictions }) => predictions > 0).toReversed();
  return (
    <details className="group border-t">
      <summary className="flex h-10 items-center gap-1 px-5 text-[13px] text-muted select-none hover:text-ink">
        Show as a table
        <ChevronDown aria-hidden className="size-3.5 group-open:rotate-180" />
      </summary>
      <div className="grid gap-x-10 gap-y-6 px-5 pt-1 pb-5 lg:grid-cols-2">
        <Numbers
          title="Day (UTC)"
          rows={busy.map((day) => ({
            ...day,
            name: formatDay(day.day),
            href: pathWithQuery(path, { from: day.day, to: day.day }),
          }))}
        />
        <Numbers
          title="Model"
          rows={models.map((model, index) => ({
            ...model,
            name: titles[index]?.title ?? model.model,
            href: pathWithQuery(path, { model: model.model, from, to }),
          }))}
        />
      </div>
    </details>
  );
}

// On phones, the last column is hidden to leave space for the names. On the narrowest phones, the last two columns are hidden.
const hideLast = "max-[30rem]:last:hidden max-[24rem]:nth-last-2:hidden";

function Numbers({ title, rows }: { title: string; rows: Row[] }) {
  return (
    <table className="w-full self-start text-left text-[13px]">
      <thead className="text-muted">
        <tr>
          {[title, "Runs", "Failed", "Files", "Cost", "Seconds"].map((head, index) => (
            <th
              key={head}
              scope="col"
              className={`py-1 pr-3 font-normal last:pr-0 ${hideLast} ${index > 0 ? "text-right" : ""}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="font-mono text-[12px] tabular-nums">
        {rows.map(({ name, href, predictions, failed, images, seconds, usd }) => (
          <tr key={name} className="border-t">
            <th scope="row" className="w-full py-1.5 pr-3 font-normal wrap-anywhere">
              <Link href={href} className="underline-offset-4 hover:underline">
                {name}
              </Link>
            </th>
            {[predictions, failed, images, formatUsd(usd), Math.round(seconds)].map((number, index) => (
              <td key={index} className={`py-1.5 pr-3 text-right last:pr-0 ${hideLast}`}>
                {number}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { titlesOf } from "@/lib/models/title";
import type { ModelTotal } from "@/lib/predictions/schema";

const shown = 5;

/** Images by model, the most used first. */
export function ModelsPlot({ models }: { models: ModelTotal[] }) {
  const most = Math.max(1, ...models.map(({ images }) => images));
  const others = models.length - shown;
  const titles = titlesOf(models.map(({ model }) => model));
  return (
    <div className="min-w-0 p-5">
      <h2 className="text-[13px] text-muted">Images by model</h2>
      {models.length === 0 ? <p className="mt-1 text-[13px]">Nothing was asked for in this time.</p> : null}
      <div className="mt-3 flex flex-col gap-2.5">
        {models.slice(0, shown).map(({ model, images }, index) => (
          <div key={model}>
            <p className="flex justify-between gap-3 text-[13px]">
              <span title={model} className="truncate">
                {titles[index]?.title}
              </span>
              <span className="font-mono text-[12px] tabular-nums">{images}</span>
            </p>
            <svg aria-hidden viewBox="0 0 100 4" preserveAspectRatio="none" className="mt-1 h-1 w-full">
              <rect width={100} height={4} className="fill-raised" />
              <rect width={(images / most) * 100} height={4} className="fill-muted" />
            </svg>
          </div>
        ))}
      </div>
      {others > 0 ? <p className="mt-2 text-[12px] text-muted">and {others} more</p> : null}
    </div>
  );
}

import { FilterForm, FilterTab, ModelFilter } from "@/components/shell/list-filters";
import { pathWith } from "@/components/ui/path-with";
import type { HistoryFilter } from "@/lib/predictions/schema";

const path = "/dashboard/history";

const tabs = [
  { status: undefined, label: "All" },
  { status: "running", label: "Running" },
  { status: "saved", label: "Saved" },
  { status: "failed", label: "Failed" },
  { status: "canceled", label: "Canceled" },
] as const;

export function HistoryFilters({ filter, models }: { filter: HistoryFilter; models: string[] }) {
  const { status, model, from, to } = filter;
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <nav aria-label="Status" className="-mx-3 flex max-w-full flex-wrap">
        {tabs.map((tab) => (
          <FilterTab
            key={tab.label}
            href={pathWith(path, { ...filter, status: tab.status })}
            isCurrent={tab.status === status}
          >
            {tab.label}
          </FilterTab>
        ))}
      </nav>
      <FilterForm
        action={path}
        hidden={{ status }}
        from={from}
        to={to}
        clearHref={model || from || to ? pathWith(path, { status }) : null}
        className="w-full sm:flex sm:w-auto"
      >
        <ModelFilter value={model} models={models} />
      </FilterForm>
    </div>
  );
}

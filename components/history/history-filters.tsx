import { FilterForm } from "@/components/shell/filter-form";
import type { HistoryFilter } from "@/lib/history/schema";

const tabs = {
  label: "Status",
  name: "status",
  options: [
    { label: "All" },
    { value: "running", label: "Running" },
    { value: "saved", label: "Saved" },
    { value: "failed", label: "Failed" },
    { value: "canceled", label: "Canceled" },
  ],
};

export function HistoryFilters({ filter, models }: { filter: HistoryFilter; models: string[] }) {
  return <FilterForm path="/dashboard/history" filter={filter} tabs={[tabs]} models={models} />;
}

import type { HistoryFilter } from "@/lib/predictions/schema";

/** The address of the history with this filter, from its newest row or from a cursor on. */
export function historyAddress(filter: HistoryFilter, cursor?: string) {
  const { status, model, from, to } = filter;
  const named = Object.entries({ status, model, from, to, cursor }).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  return named.length > 0 ? (`/dashboard/history?${new URLSearchParams(named)}` as const) : "/dashboard/history";
}

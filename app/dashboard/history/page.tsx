import type { Metadata } from "next";
import { History } from "@/components/history/history";
import { HistoryFilters } from "@/components/history/history-filters";
import { Totals } from "@/components/history/totals";
import { EmptyState } from "@/components/shell/empty-state";
import { PageHeader } from "@/components/shell/page-header";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { listPredictions, listUsedModels } from "@/lib/predictions/queries";
import { HistoryFilter } from "@/lib/history/schema";
import { getHistoryTotals, getUsage } from "@/lib/history/usage";
import { loadOlder } from "./load-older";

export const metadata: Metadata = { title: "History" };

export default async function HistoryPage({ searchParams }: PageProps<"/dashboard/history">) {
  const { cursor, image, ...query } = await searchParams;
  const filter = HistoryFilter.parse(query);
  const user = await requirePageUser(pathWithQuery("/dashboard/history", { ...filter, cursor, image }));
  const [page, totals, models, usage] = await Promise.all([
    listPredictions(user.id, { filter, cursor: typeof cursor === "string" ? cursor : undefined }),
    getHistoryTotals(),
    listUsedModels(),
    getUsage(user.id),
  ]);
  const hasPredictions = models.length > 0;
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="History" about="All your runs, newest first." />
      <div className="mt-8 flex flex-col gap-8">
        {hasPredictions ? <Totals {...totals} usage={usage} /> : null}
        {hasPredictions ? <HistoryFilters filter={filter} models={models} /> : null}
        <div>
          <History
            key={JSON.stringify([user.id, filter, cursor])}
            owner={user.id}
            first={page}
            filter={filter}
            loadOlder={loadOlder}
          >
            <EmptyHistory hasPredictions={hasPredictions} isLastPage={typeof cursor === "string"} />
          </History>
        </div>
      </div>
    </div>
  );
}

function EmptyHistory({ hasPredictions, isLastPage }: { hasPredictions: boolean; isLastPage: boolean }) {
  if (!hasPredictions) {
    return (
      <EmptyState title="No runs yet" href="/dashboard/generate" action="Generate an image" isPrimary>
        Every run of a model appears here, including failed ones.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={isLastPage ? "No older runs" : "No runs match"} href="/dashboard/history" action="Show all runs">
      {isLastPage ? "You have reached the end of this list." : "Try fewer filters."}
    </EmptyState>
  );
}

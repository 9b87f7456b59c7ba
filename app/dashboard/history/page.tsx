import type { Metadata } from "next";
import Link from "next/link";
import { History } from "@/components/history/history";
import { historyAddress } from "@/components/history/history-address";
import { HistoryFilters } from "@/components/history/history-filters";
import { Totals } from "@/components/history/totals";
import { withOpenItem } from "@/components/media/paths";
import { Empty } from "@/components/shell/empty-state";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { requirePageUser } from "@/lib/auth";
import { listEnabledModels } from "@/lib/models/allowed";
import { historyModels, historyTotals } from "@/lib/predictions/history";
import { listPredictions } from "@/lib/predictions/queries";
import { HistoryFilter } from "@/lib/predictions/schema";
import { usageOf } from "@/lib/predictions/usage";
import { loadOlder } from "./actions";

export const metadata: Metadata = { title: "History" };

type HistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const { cursor: place, image, ...asked } = await searchParams;
  const filter = HistoryFilter.parse(asked);
  const cursor = typeof place === "string" ? place : undefined;
  const user = await requirePageUser(withOpenItem(historyAddress(filter, cursor), image));
  const [page, totals, models, usage] = await Promise.all([
    listPredictions(user.id, { cursor, filter }),
    historyTotals(),
    historyModels(),
    usageOf(user.id),
  ]);
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="History" about="Everything you asked for, newest first, and what came of it." />
      <div className="mt-8 flex flex-col gap-8">
        {models.length > 0 ? <Totals {...totals} usage={usage} /> : null}
        {models.length > 0 ? <HistoryFilters filter={filter} models={models} /> : null}
        <div>
          <History
            key={JSON.stringify([user.id, filter, cursor])}
            owner={user.id}
            first={page}
            filter={filter}
            upscaler={listEnabledModels().find(({ tool }) => tool === "upscale")?.id ?? null}
            loadOlder={loadOlder}
          >
            {models.length === 0 ? (
              <Empty title="Nothing yet" action={<Make />}>
                What you make appears here, failures included.
              </Empty>
            ) : (
              <Empty title={cursor ? "Nothing older" : "Nothing of this kind"} action={<All />}>
                {cursor
                  ? "This is where your history begins."
                  : "No prediction is like this. Show fewer conditions, or all."}
              </Empty>
            )}
          </History>
        </div>
      </div>
    </div>
  );
}

function All() {
  return (
    <Link href="/dashboard/history" className={buttonClass()}>
      Show everything
    </Link>
  );
}

function Make() {
  return (
    <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
      Make an image
    </Link>
  );
}

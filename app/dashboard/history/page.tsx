import type { Metadata } from "next";
import Link from "next/link";
import { PredictionRow } from "@/components/history/prediction-row";
import { Empty } from "@/components/shell/empty";
import { PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button";
import { requirePageUser } from "@/lib/auth";
import { listPredictions } from "@/lib/predictions/queries";

export const metadata: Metadata = { title: "History" };

type HistoryPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const user = await requirePageUser("/dashboard/history");
  const { cursor } = await searchParams;
  const page = await listPredictions(user.id, { cursor: typeof cursor === "string" ? cursor : undefined });
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="History" about="Everything you asked for, newest first, and what came of it." />
      <div className="mt-8">
        {page.results.length > 0 ? (
          <ol className="divide-y border-y">
            {page.results.map((prediction) => (
              <PredictionRow key={prediction.id} prediction={prediction} />
            ))}
          </ol>
        ) : (
          <Empty
            title={cursor ? "Nothing older" : "Nothing yet"}
            action={
              <Link href="/dashboard/generate" className={buttonClass({ variant: "primary" })}>
                Make a picture
              </Link>
            }
          >
            {cursor ? "This is where your history begins." : "What you make appears here, failures included."}
          </Empty>
        )}
      </div>
      <nav aria-label="Pages" className="mt-6 flex justify-between gap-4">
        {cursor ? (
          <Link href="/dashboard/history" className={buttonClass()}>
            Newest
          </Link>
        ) : (
          <span />
        )}
        {page.next ? (
          <Link href={{ pathname: "/dashboard/history", query: { cursor: page.next } }} className={buttonClass()}>
            Older
          </Link>
        ) : null}
      </nav>
    </div>
  );
}

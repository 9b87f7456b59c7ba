"use client";

import { type ReactNode, useMemo, useState } from "react";
import { useRouter } from "next/navigation";
import { ConnectionNote } from "@/components/generate/connection-note";
import { saveDraft } from "@/components/generate/draft";
import { picturesOfAll } from "@/components/generate/job-pictures";
import { jobOf } from "@/components/generate/jobs";
import { nameOf, versionOf } from "@/components/generate/model-ref";
import { createJobStore } from "@/components/generate/store";
import { useJobsOf, useJobState } from "@/components/generate/use-jobs";
import { useViewer } from "@/components/prediction/use-viewer";
import { OlderLink } from "@/components/ui/older-link";
import type { HistoryFilter } from "@/lib/predictions/schema";
import { historyAddress } from "./history-address";
import { HistoryRow, type RowActions } from "./history-row";
import { type PredictionPage, useOlderRows } from "./use-older-rows";
import { useNews } from "./use-news";
import { useRefresh } from "./use-refresh";

const loadViewer = () => import("@/components/gallery/picture-viewer").then((file) => file.PictureViewer);

type HistoryProps = {
  owner: string;
  first: PredictionPage;
  filter: HistoryFilter;
  /** Null: the person is signed out. */
  loadOlder: (page: { cursor: string; filter: HistoryFilter }) => Promise<PredictionPage | null>;
  /** Shown while there are none. */
  children: ReactNode;
};

/** Every prediction, newest first. Those that run go on here, and what is started anew comes first. */
export function History({ owner, first, filter, loadOlder, children }: HistoryProps) {
  const router = useRouter();
  const [store] = useState(() => createJobStore(first.results.map(jobOf)));
  const { connection, cancel, retry } = useJobsOf(store, first.results, useNews(store));
  const older = useOlderRows(store, first.next, (cursor) => loadOlder({ cursor, filter }));
  const jobs = useJobState(store, (all) => all);
  const { Viewer, opened, open, setOpened } = useViewer(loadViewer);
  useRefresh(store);

  const actions = useMemo<RowActions>(
    () => ({
      onCancel: (job) => void cancel(job),
      onRetry: (job) => void retry(job),
      onReuse: ({ request: { model, input } }) => {
        saveDraft(owner, nameOf(model), versionOf(model), input);
        router.push(`/dashboard/generate?model=${model}`);
      },
      onOpen: open,
    }),
    [cancel, retry, owner, router, open],
  );

  return (
    <>
      <ConnectionNote connection={connection} back={historyAddress(filter)} />
      {jobs.length === 0 ? (
        children
      ) : (
        <ol aria-label="Predictions" className="divide-y border-y">
          {jobs.map((job) => (
            <HistoryRow key={job.key} job={job} actions={actions} />
          ))}
        </ol>
      )}
      {older.next ? (
        <OlderLink things="rows" href={historyAddress(filter, older.next)} state={older.state} onReach={older.load} />
      ) : null}
      {Viewer ? (
        <Viewer pictures={opened === null ? [] : picturesOfAll(jobs)} openKey={opened} onChange={setOpened} />
      ) : null}
    </>
  );
}

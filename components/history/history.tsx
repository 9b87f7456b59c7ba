"use client";

import { type ReactNode, useMemo, useState } from "react";
import { useRouter } from "next/navigation";
import { ConnectionNote } from "@/components/jobs/connection-note";
import { jobsWith } from "@/components/jobs/changed-jobs";
import { saveDraft } from "@/components/jobs/draft";
import { jobOf } from "@/components/jobs/job";
import { nameOf, versionOf } from "@/components/jobs/model-ref";
import { createJobStore } from "@/components/jobs/store";
import { useJobsOf, useJobState } from "@/components/jobs/use-jobs";
import { UndoBar } from "@/components/media/undo-bar";
import { useItemChanges } from "@/components/media/item-changes";
import { openItem, useViewer } from "@/components/media/open-in-address";
import { LoadMore } from "@/components/ui/load-more";
import type { HistoryFilter } from "@/lib/predictions/schema";
import { historyAddress } from "./history-address";
import { HistoryRow, type RowActions } from "./history-row";
import { type PredictionPage, useHistoryPages } from "./use-history-pages";
import { useRefreshOnChange } from "./use-refresh-on-change";
import { useRefresh } from "./use-refresh";

const loadViewer = () => import("@/components/viewer/jobs-viewer").then((file) => file.JobsViewer);

type HistoryProps = {
  owner: string;
  first: PredictionPage;
  filter: HistoryFilter;
  /** The model that makes images larger; null: none is offered here. */
  upscaler?: string | null;
  /** Null: the person is signed out. */
  loadOlder: (page: { cursor: string; filter: HistoryFilter }) => Promise<PredictionPage | null>;
  /** Shown while there are none. */
  children: ReactNode;
};

/** Every prediction, newest first. Those that run go on here, and what is started anew comes first. */
export function History({ owner, first, filter, upscaler = null, loadOlder, children }: HistoryProps) {
  const router = useRouter();
  const [store] = useState(() => createJobStore(first.results.map(jobOf), owner));
  const { connection, cancel, retry } = useJobsOf(store, first.results, useRefreshOnChange(store));
  const older = useHistoryPages(store, first.next, (cursor) => loadOlder({ cursor, filter }));
  const asked = useJobState(store, (all) => all);
  const { changes, change, remove, undo } = useItemChanges();
  const jobs = useMemo(() => jobsWith(asked, changes), [asked, changes]);
  const { Viewer, opened, open } = useViewer(loadViewer);
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
        <LoadMore things="rows" href={historyAddress(filter, older.next)} state={older.state} onReach={older.load} />
      ) : null}
      {Viewer ? (
        <Viewer
          jobs={jobs}
          upscaler={upscaler}
          changes={changes}
          openKey={opened}
          onStep={openItem}
          onChange={change}
          onDelete={remove}
        />
      ) : null}
      {undo ? <UndoBar key={undo.ids.join()} {...undo} /> : null}
    </>
  );
}

"use client";

import { type ReactNode, useMemo, useState } from "react";
import { useRouter } from "next/navigation";
import { ConnectionNote } from "@/components/generate/connection-note";
import { saveDraft } from "@/components/generate/draft";
import { jobsWith } from "@/components/generate/changed-jobs";
import { jobOf } from "@/components/generate/jobs";
import { nameOf, versionOf } from "@/components/generate/model-ref";
import { createJobStore } from "@/components/generate/store";
import { useJobsOf, useJobState } from "@/components/generate/use-jobs";
import { UndoBar } from "@/components/gallery/undo-bar";
import { useChanges } from "@/components/gallery/use-changes";
import { openItem } from "@/components/prediction/open-picture";
import { useViewer } from "@/components/prediction/use-viewer";
import { OlderLink } from "@/components/ui/older-link";
import type { HistoryFilter } from "@/lib/predictions/schema";
import { historyAddress } from "./history-address";
import { HistoryRow, type RowActions } from "./history-row";
import { type PredictionPage, useOlderRows } from "./use-older-rows";
import { useNews } from "./use-news";
import { useRefresh } from "./use-refresh";

const loadViewer = () => import("@/components/generate/jobs-viewer").then((file) => file.JobsViewer);

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
  const { connection, cancel, retry } = useJobsOf(store, first.results, useNews(store));
  const older = useOlderRows(store, first.next, (cursor) => loadOlder({ cursor, filter }));
  const asked = useJobState(store, (all) => all);
  const { changes, change, remove, undo } = useChanges();
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
        <OlderLink things="rows" href={historyAddress(filter, older.next)} state={older.state} onReach={older.load} />
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

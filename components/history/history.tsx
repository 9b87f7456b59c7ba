"use client";

import { type ReactNode, useMemo, useState } from "react";
import { useRouter } from "next/navigation";
import { ConnectionNote } from "@/components/jobs/connection-note";
import { saveDraft } from "@/components/jobs/drafts/draft-storage";
import { jobOf, withItemChanges } from "@/components/jobs/job";
import { modelNameOf, modelVersionOf } from "@/lib/models/ref";
import { createJobStore } from "@/components/jobs/job-store";
import { useJobs } from "@/components/jobs/use-jobs";
import { UndoBar } from "@/components/media/undo-bar";
import { useItemChanges } from "@/components/media/use-item-changes";
import { useItemViewer } from "@/components/media/open-item";
import { useStore } from "@/components/ui/create-store";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { LoadMore, type Page, useInfiniteList } from "@/components/ui/infinite-list";
import type { HistoryFilter } from "@/lib/history/schema";
import type { Prediction } from "@/lib/predictions/schema";
import { HistoryRow, type RowActions } from "./history-row";
import { useRefreshOnChange } from "./use-refresh-on-change";

const path = "/dashboard/history";
// The viewer is loaded when the user opens the first image.
const loadViewer = () => import("@/components/viewer/jobs-viewer").then((file) => file.JobsViewer);

type HistoryProps = {
  owner: string;
  first: Page<Prediction>;
  filter: HistoryFilter;
  /** Returns null when the user is signed out. */
  loadOlder: (page: { cursor: string; filter: HistoryFilter }) => Promise<Page<Prediction> | null>;
  /** Shown when there are no predictions. */
  children: ReactNode;
};

/** The user's predictions that match the filter, newest first, with live updates. */
export function History({ owner, first, filter, loadOlder, children }: HistoryProps) {
  const router = useRouter();
  const [store] = useState(() => createJobStore(first.results.map(jobOf), owner));
  const { connection, cancel, retry } = useJobs(store, first.results, useRefreshOnChange(store));
  const older = useInfiniteList(
    first.next,
    (cursor) => loadOlder({ cursor, filter }),
    (predictions) => store.apply({ type: "older", predictions }),
    "runs",
  );
  const allJobs = useStore(store, (all) => all);
  const { changes, change, remove, undo } = useItemChanges();
  const jobs = useMemo(() => withItemChanges(allJobs, changes), [allJobs, changes]);
  const { Viewer, open } = useItemViewer(loadViewer);

  const actions = useMemo<RowActions>(
    () => ({
      onCancel: (job) => void cancel(job),
      onRetry: (job) => void retry(job),
      onReuse: ({ request: { model, input } }) => {
        saveDraft(owner, modelNameOf(model), modelVersionOf(model), input);
        router.push(`/dashboard/generate?model=${model}`);
      },
      onOpen: open,
    }),
    [cancel, retry, owner, router, open],
  );

  return (
    <>
      <ConnectionNote connection={connection} back={pathWithQuery(path, filter)} />
      {jobs.length === 0 ? (
        children
      ) : (
        <ol aria-label="Runs" className="divide-y border-y">
          {jobs.map((job) => (
            <HistoryRow key={job.key} job={job} actions={actions} />
          ))}
        </ol>
      )}
      <LoadMore list={older} href={pathWithQuery(path, { ...filter, cursor: older.next })} />
      {Viewer ? <Viewer jobs={jobs} changes={changes} onChange={change} onDelete={remove} /> : null}
      {undo ? <UndoBar key={undo.ids.join()} {...undo} /> : null}
    </>
  );
}

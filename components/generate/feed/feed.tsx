"use client";

import { useMemo } from "react";
import { type GenerateRequest, type Values, withItemChanges } from "@/components/jobs/job";
import type { JobStore } from "@/components/jobs/job-store";
import type { useJobs } from "@/components/jobs/use-jobs";
import { isEmptied } from "@/components/media/media-item";
import { useItemChanges } from "@/components/media/use-item-changes";
import { useItemViewer } from "@/components/media/open-item";
import { useStore } from "@/components/ui/create-store";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { withoutSeeds } from "@/lib/models/inputs/seeds";
import { modelNameOf } from "@/lib/models/ref";
import { isActive } from "@/lib/predictions/status";
import { type CardActions, JobCard, type UsualRun } from "./job-card";
import { groupComparedJobs, queuePositions } from "./group-compared-jobs";

const loadViewer = () => import("@/components/viewer/jobs-viewer").then((file) => file.JobsViewer);
// `UndoBar` is loaded after the page, because it is hidden until the user deletes an image.
const UndoBar = lazyAfterLoad(() => import("@/components/media/undo-bar").then((file) => file.UndoBar));

type FeedProps = {
  store: JobStore;
  jobActions: Pick<ReturnType<typeof useJobs>, "cancel" | "retry" | "submit">;
  /** The name of the form's model if the model has a setting `messages` that takes a conversation. Otherwise null. */
  messagesModel: string | null;
  composer: { editRequest: (request: GenerateRequest) => void; changeValues: (changes: Values) => void };
  /** For each model, by `owner/name`: the usual aspect ratio and duration of a run. The cards of running jobs show them. */
  runs: Record<string, UsualRun>;
  /** The prompts that an empty feed suggests. */
  startingPrompts: string[];
};

/** The user's jobs, newest first. When a job changes, only its card is rendered again. */
export function Feed({ store, jobActions, messagesModel, composer, runs, startingPrompts }: FeedProps) {
  const { cancel, retry, submit } = jobActions;
  const { editRequest, changeValues } = composer;
  const allJobs = useStore(store, (all) => all);
  const { changes, change: onChange, remove: onDelete, undo } = useItemChanges();
  const jobs = useMemo(
    () => withItemChanges(allJobs, changes).filter(({ prediction }) => !prediction || !isEmptied(prediction)),
    [allJobs, changes],
  );
  const { Viewer, open } = useItemViewer(loadViewer);
  const positions = queuePositions(jobs);
  const isAnyActive = jobs.some(({ prediction }) => prediction && isActive(prediction));

  const actions = useMemo<CardActions>(
    () => ({
      onCancel: (job) => void cancel(job),
      onRetry: (job) => void retry(job),
      onEditJob: (job) => editRequest(job.request),
      onEdit: ({ model, input }) => editRequest({ model, input: withoutSeeds(input) }),
      onUseValues: changeValues,
      onTool: (tool, item) => {
        const job = store.get().find(({ prediction }) => prediction && item.key.startsWith(`${prediction.id}/`));
        // `item.model` has no version. But the model in the job's request may have a version, and the tool Vary must run the same
        // version.
        void submit(tool.request(job ? { ...item, model: job.request.model } : item));
      },
      onAsk: (request) => void submit(request),
      messagesModel,
      onOpen: open,
      onChange,
      onDelete,
    }),
    [store, cancel, retry, editRequest, changeValues, submit, messagesModel, open, onChange, onDelete],
  );

  return (
    <>
      {isAnyActive ? (
        <noscript>
          <p className="mb-4 text-sm text-muted">Results are still being generated. Reload the page to see them.</p>
        </noscript>
      ) : null}
      {jobs.length === 0 ? (
        <EmptyFeed prompts={startingPrompts} onChoose={(prompt) => changeValues({ prompt })} />
      ) : null}
      <ol className="flex flex-col gap-8">
        {groupComparedJobs(jobs).map((row) => (
          <li
            // New jobs are added at the beginning of a row. The last job of a row never changes, so its key is the key of the
            // row.
            key={row.at(-1)?.key}
            className={`animate-rise [contain-intrinsic-size:auto_30rem] [content-visibility:auto] ${columnsFor(row.length)}`}
          >
            {row.toReversed().map((job) => (
              <JobCard
                key={job.key}
                job={job}
                actions={actions}
                run={runs[modelNameOf(job.request.model)]}
                place={positions.get(job.key) ?? null}
                isInRow={row.length > 1}
              />
            ))}
          </li>
        ))}
      </ol>
      {Viewer ? (
        <Viewer jobs={jobs} changes={changes} onChange={onChange} onDelete={onDelete} studio={actions} />
      ) : null}
      {undo ? <UndoBar key={undo.ids.join()} {...undo} /> : null}
    </>
  );
}

function columnsFor(count: number) {
  if (count > 3) return "grid gap-4 sm:grid-cols-2 min-[1800px]:grid-cols-4";
  return count > 1 ? "grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(0,1fr))]" : "";
}

function EmptyFeed({ prompts, onChoose }: { prompts: string[]; onChoose: (prompt: string) => void }) {
  return (
    <div className="mx-auto max-w-2xl py-6 md:py-16">
      <h2 className="text-lg font-medium">Your first image starts here</h2>
      <p className="mt-1 text-sm text-muted">Describe an image, or start with one of these.</p>
      <ul className="mt-6 grid gap-2 sm:grid-cols-2">
        {prompts.map((prompt) => (
          <li key={prompt}>
            <button
              type="button"
              onClick={() => onChoose(prompt)}
              className="h-full w-full rounded border bg-surface p-4 text-left text-sm text-pretty transition-colors hover:border-edge hover:bg-raised"
            >
              {prompt}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

"use client";

import { useMemo } from "react";
import { useItemChanges } from "@/components/media/item-changes";
import { openItem, useViewer } from "@/components/media/open-in-address";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import { isActive } from "@/lib/predictions/parse-logs";
import { isLeft, jobsWith } from "@/components/jobs/changed-jobs";
import { EmptyFeed } from "./empty-feed";
import type { Job, Request, Values } from "@/components/jobs/job";
import { type CardActions, JobCard } from "./job-card";
import { placesInLine, rowsOf } from "./job-rows";
import type { JobStore } from "@/components/jobs/store";
import { upscalingOf, variationOf, withoutSeed } from "@/components/jobs/tool-requests";
import { useJobState } from "@/components/jobs/use-jobs";

const loadViewer = () => import("./feed-viewer").then((file) => file.FeedViewer);
// Nothing is to be seen of it until an image is deleted.
const UndoBar = lazyAfterLoad(() => import("@/components/media/undo-bar").then((file) => file.UndoBar));

type FeedProps = {
  store: JobStore;
  cancel: (job: Job) => Promise<void>;
  retry: (job: Job) => Promise<void>;
  edit: (request: Request) => void;
  change: (changes: Values) => void;
  submit: (request: Request) => Promise<void>;
  /** The model that makes images larger; null: none is offered here. */
  upscaler: string | null;
  /** For whoever has not asked for anything yet. */
  startingPrompts: string[];
};

/** Everything that was asked for, newest first. News of one job draws its card alone. */
export function Feed({ store, cancel, retry, edit, change, submit, upscaler, startingPrompts }: FeedProps) {
  const asked = useJobState(store, (all) => all);
  const { changes, change: changeItems, remove, undo } = useItemChanges();
  const jobs = useMemo(() => jobsWith(asked, changes).filter(isLeft), [asked, changes]);
  const { Viewer, opened, open } = useViewer(loadViewer);
  const places = placesInLine(jobs);
  const isAnyActive = jobs.some(({ prediction }) => prediction && isActive(prediction));

  const actions = useMemo<CardActions>(
    () => ({
      onCancel: (job) => void cancel(job),
      onRetry: (job) => void retry(job),
      onEdit: (job) => edit(job.request),
      onRemix: ({ model, input }) => edit({ model, input: withoutSeed(input) }),
      onUseSeed: (seed) => change({ seed }),
      onVary: (made) => void submit(variationOf(made)),
      onUpscale: upscaler ? ({ id }) => (id ? void submit(upscalingOf(id, upscaler)) : undefined) : null,
      onOpen: open,
      onChange: changeItems,
      onDelete: remove,
    }),
    [cancel, retry, edit, change, submit, upscaler, open, changeItems, remove],
  );

  return (
    <>
      {isAnyActive ? (
        <noscript>
          <p className="mb-4 text-sm text-muted">Something is running. Reload this page to see how it goes.</p>
        </noscript>
      ) : null}
      {jobs.length === 0 ? <EmptyFeed prompts={startingPrompts} onChoose={(prompt) => change({ prompt })} /> : null}
      <ol className="flex flex-col gap-8">
        {rowsOf(jobs).map((row) => (
          <li
            // Later jobs join a row at its beginning.
            key={row.at(-1)?.key}
            className={`animate-rise [contain-intrinsic-size:auto_30rem] [content-visibility:auto] ${columnsFor(row.length)}`}
          >
            {row.toReversed().map((job) => (
              <JobCard
                key={job.key}
                job={job}
                actions={actions}
                place={places.get(job.key) ?? null}
                isInRow={row.length > 1}
              />
            ))}
          </li>
        ))}
      </ol>
      {Viewer ? <Viewer jobs={jobs} changes={changes} openKey={opened} onStep={openItem} actions={actions} /> : null}
      {undo ? <UndoBar key={undo.ids.join()} {...undo} /> : null}
    </>
  );
}

function columnsFor(count: number) {
  if (count > 3) return "grid gap-4 sm:grid-cols-2 min-[1800px]:grid-cols-4";
  return count > 1 ? "grid gap-4 sm:grid-cols-[repeat(auto-fit,minmax(0,1fr))]" : "";
}

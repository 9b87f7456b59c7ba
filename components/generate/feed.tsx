"use client";

import { useMemo, useState } from "react";
import { PictureViewer } from "@/components/gallery/picture-viewer";
import { type Picture, picturesOf } from "@/components/prediction/picture";
import { isActive } from "@/lib/predictions/progress";
import { EmptyFeed } from "./empty-feed";
import type { Job, Request } from "./jobs";
import { type CardActions, JobCard } from "./job-card";
import type { Values } from "./read-form";
import type { JobStore } from "./store";
import { useJobState } from "./use-jobs";

type FeedProps = {
  store: JobStore;
  cancel: (job: Job) => Promise<void>;
  retry: (job: Job) => Promise<void>;
  edit: (request: Request) => void;
  change: (changes: Values) => void;
};

/** Everything that was asked for, newest first. News of one job draws its card alone. */
export function Feed({ store, cancel, retry, edit, change }: FeedProps) {
  const jobs = useJobState(store, (all) => all);
  const [opened, setOpened] = useState<string | null>(null);
  const isAnyActive = jobs.some(({ prediction }) => prediction && isActive(prediction));

  const actions = useMemo<CardActions>(
    () => ({
      onCancel: (job) => void cancel(job),
      onRetry: (job) => void retry(job),
      onEdit: (job) => edit(job.request),
      onRemix: (picture) => edit(withoutSeed(picture)),
      onUseSeed: (seed) => change({ seed }),
      onOpen: (picture) => setOpened(picture.key),
    }),
    [cancel, retry, edit, change],
  );

  return (
    <>
      {isAnyActive ? (
        <noscript>
          <p className="mb-4 text-sm text-muted">Something is running. Reload this page to see how it goes.</p>
        </noscript>
      ) : null}
      {jobs.length === 0 ? <EmptyFeed onChoose={(prompt) => change({ prompt })} /> : null}
      <ol className="flex flex-col gap-8">
        {jobs.map((job) => (
          <li key={job.key} className="animate-rise [contain-intrinsic-size:auto_30rem] [content-visibility:auto]">
            <JobCard job={job} actions={actions} />
          </li>
        ))}
      </ol>
      <PictureViewer
        pictures={opened === null ? [] : jobs.flatMap(({ prediction }) => (prediction ? picturesOf(prediction) : []))}
        openKey={opened}
        onChange={setOpened}
        onRemix={actions.onRemix}
      />
    </>
  );
}

function withoutSeed({ model, input: { seed: _seed, ...settings } }: Picture): Request {
  return { model, input: settings };
}

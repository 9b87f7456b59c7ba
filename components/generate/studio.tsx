"use client";

import { useRef, useState } from "react";
import { PictureViewer } from "@/components/gallery/picture-viewer";
import { type Picture, picturesOf } from "@/components/prediction/picture";
import type { Prediction } from "@/lib/predictions/schema";
import { isActive } from "@/lib/predictions/progress";
import { Composer, type ComposerProps } from "./composer";
import { ConnectionNote } from "./connection-note";
import { EmptyFeed } from "./empty-feed";
import { type CardActions, JobCard } from "./job-card";
import { ModelSelect, type ModelChoice } from "./model-select";
import { useComposer } from "./use-composer";
import { useJobs } from "./use-jobs";

type StudioProps = ComposerProps & { choices: ModelChoice[]; predictions: Prediction[] };

/** Generate: the composer, and beside it the feed of what was made with it. */
export function Studio({ choices, predictions, ...composer }: StudioProps) {
  const { owner, model } = composer;
  const { form, values, edit, change } = useComposer(composer);
  const { jobs, connection, submit, cancel, retry } = useJobs(owner, predictions);
  const [opened, setOpened] = useState<string | null>(null);
  const feed = useRef<HTMLElement>(null);
  const pictures = jobs.flatMap(({ prediction }) => (prediction ? picturesOf(prediction) : []));
  const isAnyActive = jobs.some(({ prediction }) => prediction && isActive(prediction));

  function send() {
    void submit({ model, input: values() });
    // On a phone the feed lies below the form.
    if (feed.current && feed.current.getBoundingClientRect().top > window.innerHeight / 2) {
      feed.current.scrollIntoView({ behavior: "smooth" });
    }
  }

  function remix({ model: from, input: { seed: _seed, ...settings } }: Picture) {
    edit({ model: from, input: settings });
  }

  const actions: CardActions = {
    onCancel: (job) => void cancel(job),
    onRetry: (job) => void retry(job),
    onEdit: (job) => edit(job.request),
    onRemix: remix,
    onUseSeed: (seed) => change({ seed }),
    onOpen: (picture) => setOpened(picture.key),
  };

  return (
    <div className="md:grid md:grid-cols-[21rem_minmax(0,1fr)] xl:grid-cols-[24rem_minmax(0,1fr)]">
      <section
        aria-label="Composer"
        className="flex flex-col gap-5 p-4 md:sticky md:top-0 md:h-[calc(100dvh-36px)] md:overflow-y-auto"
      >
        <h1 className="sr-only">Generate</h1>
        <ModelSelect key={model} model={model} choices={choices} />
        <Composer key={`form ${model}`} {...composer} form={form} problem={jobs[0]?.problem ?? null} onSubmit={send} />
      </section>
      <section ref={feed} aria-label="Feed" className="min-w-0 scroll-mt-4 p-4 md:min-h-dvh md:border-l md:p-8">
        <ConnectionNote connection={connection} />
        {isAnyActive ? (
          <noscript>
            <p className="mb-4 text-sm text-muted">Something is running. Reload this page to see how it goes.</p>
          </noscript>
        ) : null}
        {jobs.length === 0 ? <EmptyFeed onChoose={(prompt) => change({ prompt })} /> : null}
        <ol className="flex flex-col gap-8">
          {jobs.map((job) => (
            <li key={job.key} className="animate-rise">
              <JobCard job={job} actions={actions} />
            </li>
          ))}
        </ol>
      </section>
      <PictureViewer pictures={pictures} openKey={opened} onChange={setOpened} onRemix={remix} />
    </div>
  );
}

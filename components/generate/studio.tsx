"use client";

import { useRef } from "react";
import type { Prediction, Usage } from "@/lib/predictions/schema";
import { Composer, type ComposerProps } from "./composer";
import { ConnectionNote } from "./connection-note";
import { Feed } from "./feed";
import { ModelSelect, type ModelChoice } from "./model-select";
import { useComposer } from "./use-composer";
import { UsageNote } from "./usage-note";
import { useJobs, useJobState } from "./use-jobs";

type StudioProps = ComposerProps & { choices: ModelChoice[]; predictions: Prediction[]; usage: Usage };

/** Generate: the composer, and beside it the feed of what was made with it. */
export function Studio({ choices, predictions, usage, ...composer }: StudioProps) {
  const { owner, model } = composer;
  const form = useComposer(composer);
  const { store, connection, submit, cancel, retry } = useJobs(owner, predictions);
  const problem = useJobState(store, (jobs) => jobs[0]?.problem ?? null);
  const feed = useRef<HTMLElement>(null);

  function send() {
    void submit({ model, input: form.values() });
    // On a phone the feed lies below the form.
    if (feed.current && feed.current.getBoundingClientRect().top > window.innerHeight / 2) {
      feed.current.scrollIntoView({ behavior: "smooth" });
    }
  }

  return (
    <div className="md:grid md:grid-cols-[21rem_minmax(0,1fr)] xl:grid-cols-[24rem_minmax(0,1fr)]">
      <section
        aria-label="Composer"
        className="flex flex-col gap-5 p-4 md:sticky md:top-0 md:h-[calc(100dvh-36px)] md:overflow-y-auto"
      >
        <h1 className="sr-only">Generate</h1>
        <ModelSelect key={model} model={model} choices={choices} />
        <Composer key={`form ${model}`} {...composer} form={form.form} problem={problem} onSubmit={send}>
          <UsageNote start={usage} store={store} />
        </Composer>
      </section>
      <section ref={feed} aria-label="Feed" className="min-w-0 scroll-mt-4 p-4 md:min-h-dvh md:border-l md:p-8">
        <ConnectionNote connection={connection} />
        <Feed store={store} cancel={cancel} retry={retry} edit={form.edit} change={form.change} />
      </section>
    </div>
  );
}

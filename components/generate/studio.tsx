"use client";

import { useRef, useState } from "react";
import { jobStoreOf } from "@/components/jobs/job-store";
import { useJobs } from "@/components/jobs/use-jobs";
import { useStore } from "@/components/ui/create-store";
import { lazyAfterLoad } from "@/components/ui/lazy-after-load";
import type { Presets } from "@/lib/config";
import { modelNameOf } from "@/lib/models/ref";
import type { Prediction } from "@/lib/predictions/schema";
import { takesMessages } from "@/lib/words/question";
import type { LoadComparable } from "./composer/compare-models";
import { Composer, type ComposerProps } from "./composer/composer";
import type { CanRun, LoadEditModel } from "./composer/dropped-files";
import { ModelSelect, type ModelChoice } from "./composer/model-select";
import type { LoadRecentPrompts } from "./composer/prompt-menus";
import type { UsageAtStart } from "./composer/cost-and-usage-note";
import { type LoadCompared, useCompare } from "./composer/use-compare-models";
import { useComposer } from "./composer/use-composer";
import { Feed } from "./feed/feed";
import type { UsualRun } from "./feed/job-card";

const Compare = lazyAfterLoad(() => import("./composer/compare-models").then((file) => file.Compare));
const PromptMenus = lazyAfterLoad(() => import("./composer/prompt-menus").then((file) => file.PromptMenus));
// `ConnectionNote` is shown when the connection is lost. It is loaded early, because it cannot be loaded without a connection.
const ConnectionNote = lazyAfterLoad(() =>
  import("@/components/jobs/connection-note").then((file) => file.ConnectionNote),
);
const ScaleWarning = lazyAfterLoad(() => import("./composer/scale-warning").then((file) => file.ScaleWarning));
const UsageNote = lazyAfterLoad(
  () => import("./composer/cost-and-usage-note").then((file) => file.UsageNote),
  ({ before }) => before,
);

const DropZone = lazyAfterLoad(() => import("./composer/drop-zone").then((file) => file.DropZone));

type StudioProps = ComposerProps & {
  choices: ModelChoice[];
  predictions: Prediction[];
  usage: UsageAtStart;
  presets: Presets;
  /** For each model, by `owner/name`: the usual aspect ratio and duration of a run. The cards of running jobs show them. */
  runs: Record<string, UsualRun>;
  loadCompared: LoadCompared;
  loadComparable: LoadComparable;
  canRun: CanRun;
  loadEditModel: LoadEditModel;
  loadRecentPrompts: LoadRecentPrompts;
  /** Whether this installation allows a language model that improves prompts. */
  canImprove: boolean;
  /** Whether this installation allows a model that turns speech into text. */
  canSpeak: boolean;
};

/** The Generate page: the composer, and beside it the feed of results. */
export function Studio(props: StudioProps) {
  const { choices, predictions, usage, presets, runs, ...others } = props;
  const { loadCompared, loadComparable, canRun, loadEditModel, loadRecentPrompts, canImprove, canSpeak, ...form } =
    others;
  const { owner, model, fields } = form;
  const composer = useComposer(form);
  const [store] = useState(() => jobStoreOf(owner, predictions));
  const jobActions = useJobs(store, predictions);
  const problem = useStore(store, (jobs) => jobs[0]?.problem ?? null);
  const compare = useCompare(model, loadCompared);
  const canCompare = fields.some(({ name }) => name === "prompt");
  const feed = useRef<HTMLElement>(null);

  function submitForm() {
    const { submit } = jobActions;
    const request = composer.readRequest();
    void submit(request);
    if (canCompare)
      void compare.requestsFor(request.input).then((requests) => requests.map((request) => submit(request)));
    // On a phone, the feed is below the form, so the page scrolls to the feed.
    if (feed.current && feed.current.getBoundingClientRect().top > window.innerHeight / 2) {
      feed.current.scrollIntoView({ behavior: "smooth" });
    }
  }

  return (
    <div className="md:grid md:grid-cols-[21rem_minmax(0,1fr)] xl:grid-cols-[24rem_minmax(0,1fr)]">
      <section
        aria-label="Prompt and settings"
        className="flex flex-col gap-5 p-4 md:sticky md:top-0 md:h-[calc(100dvh-var(--banner))] md:overflow-y-auto"
      >
        <h1 className="sr-only">Generate</h1>
        <ModelSelect key={model} model={model} choices={choices} />
        {canCompare ? (
          <div className="-mt-3 -mb-2 min-h-9 pointer-coarse:min-h-10">
            <Compare
              {...form}
              choices={choices}
              chosen={compare.chosen}
              onChange={compare.chooseModels}
              loadComparable={loadComparable}
            />
          </div>
        ) : null}
        <Composer
          key={`form ${model}`}
          {...form}
          composer={composer}
          problem={problem}
          onSubmit={submitForm}
          promptTools={
            <div className="-mt-3.5 -mb-2 min-h-9 pointer-coarse:min-h-10">
              <PromptMenus
                owner={owner}
                model={model}
                styles={presets.styles}
                loadRecentPrompts={loadRecentPrompts}
                canImprove={canImprove}
                canSpeak={canSpeak}
              />
            </div>
          }
          modelCount={1 + (canCompare ? compare.chosen.length : 0)}
        >
          {fields.some(({ name }) => /^(scale(_factor)?|upscale(_factor)?)$/.test(name)) ? (
            <ScaleWarning composer={composer} fields={fields} />
          ) : null}
          <UsageNote
            {...usage}
            store={store}
            composer={composer}
            fields={fields}
            costOfOthers={canCompare ? compare.cost : 0}
          />
        </Composer>
      </section>
      <section
        ref={feed}
        aria-label="Results"
        className="min-w-0 scroll-mt-4 p-4 md:min-h-[calc(100dvh-var(--banner))] md:border-l md:p-8"
      >
        <ConnectionNote connection={jobActions.connection} back={`/dashboard/generate?model=${model}`} />
        <Feed
          store={store}
          jobActions={jobActions}
          messagesModel={takesMessages(fields) ? modelNameOf(model) : null}
          composer={composer}
          runs={runs}
          startingPrompts={presets.startingPrompts}
        />
      </section>
      <DropZone {...form} canRun={canRun} loadEditModel={loadEditModel} onEdit={composer.editRequest} />
    </div>
  );
}

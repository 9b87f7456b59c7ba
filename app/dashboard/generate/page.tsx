import type { Metadata } from "next";
import { Studio } from "@/components/generate/studio";
import { NoModels } from "@/components/models/no-models";
import { PageHeader } from "@/components/shell/page-header";
import { pathWithQuery } from "@/components/ui/path-with-query";
import { requirePageUser } from "@/lib/auth";
import { presets } from "@/lib/config";
import { getMedia } from "@/lib/media/queries";
import { promptTexts } from "@/lib/models/inputs/prompt-texts";
import { listPredictions } from "@/lib/predictions/queries";
import { getUsage } from "@/lib/history/usage";
import { chooseModel } from "@/lib/words/choose-model";
import { findForm } from "./find-form";
import { listMediaChoices } from "./list-media-choices";
import { listModelChoices } from "./list-model-choices";
import { canRun, loadComparable, loadCompared, loadEditModel } from "./load-other-models";
import { loadRecentPrompts } from "./load-recent-prompts";
import { loadStartValues } from "./load-start-values";
import { loadUsualRuns, loadUsualSeconds } from "./load-usual-duration-and-ratio";
import { startPrediction } from "./start-prediction-action";
import { usageAtStart } from "./prepare-cost-and-usage";

export const metadata: Metadata = { title: "Generate" };

/** The number of predictions in the feed. Older ones are in the history. */
const feedLength = 20;

/**
 * The page with the form of a model and the newest predictions. `?model=` names the model or version. With `&example=`, the form
 * starts with the settings of the model's example. `?from=` names a saved file: the form then has the model and the settings of
 * that file. The seed of a file or an example is left out. `?prompt=` is the prompt with which the form starts.
 */
export default async function GeneratePage({ searchParams }: PageProps<"/dashboard/generate">) {
  const { model, from, image, example, prompt } = await searchParams;
  const [user, source] = await Promise.all([
    requirePageUser(pathWithQuery("/dashboard/generate", { model, from, image, example, prompt })),
    typeof from === "string" ? getMedia(from) : null,
  ]);
  const finding = findForm(user.id, source?.model ?? (typeof model === "string" ? model : undefined));
  const [form, mediaChoices, feed, usage, seconds] = await Promise.all([
    finding,
    finding.then((found) => listMediaChoices(user.id, found?.fields ?? [])),
    listPredictions(user.id, { limit: feedLength, isFeed: true }),
    getUsage(user.id),
    finding.then((found) => (found ? loadUsualSeconds(found.ref) : {})),
  ]);
  if (!form) {
    return (
      <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
        <PageHeader title="Generate" />
        <NoModels reason="rate_limited" />
      </div>
    );
  }
  const settings = source?.input ?? (typeof prompt === "string" ? { prompt } : null);
  const [start, runs] = await Promise.all([
    loadStartValues(user.id, form, settings, example !== undefined),
    loadUsualRuns(user.id, form, feed.results, seconds),
  ]);

  return (
    <Studio
      key={user.id}
      owner={user.id}
      model={form.ref}
      version={form.version}
      fields={form.fields}
      choices={listModelChoices(form)}
      formKey={crypto.randomUUID()}
      placeholder={promptTexts[form.makes].placeholder}
      start={start}
      mediaChoices={mediaChoices}
      predictions={feed.results}
      usage={usageAtStart(form, start, usage)}
      presets={presets}
      runs={runs}
      loadCompared={loadCompared}
      loadComparable={loadComparable}
      canRun={canRun}
      loadEditModel={loadEditModel}
      loadRecentPrompts={loadRecentPrompts}
      canImprove={chooseModel("improve") !== null}
      canSpeak={chooseModel("transcribe") !== null}
      startAction={startPrediction}
    />
  );
}

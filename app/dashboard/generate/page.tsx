import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Studio } from "@/components/generate/studio";
import { startingPrompts } from "@/components/generate/composer/presets";
import { toMediaChoice, uploadToMediaChoice } from "@/components/generate/fields/media-choice";
import { NoModels } from "@/components/models/no-models";
import { PageHeader } from "@/components/shell/page-header";
import { pathWith } from "@/components/ui/format";
import { requirePageUser } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { getMedia, listMedia } from "@/lib/media/queries";
import { listUploads } from "@/lib/media/uploads";
import { listEnabledModels } from "@/lib/models/allowed";
import { takesMedia } from "@/lib/models/fields";
import { getModelForm } from "@/lib/models/resolve";
import { listPredictions } from "@/lib/predictions/queries";
import { usageOf } from "@/lib/predictions/usage";
import { canRun, loadComparable, loadPrompts, loadAspectRatios, startPrediction } from "./actions";

export const metadata: Metadata = { title: "Generate" };

/** Older ones are in the history. */
const feedLength = 20;
const mediaToChoose = 30;
const uploadsToChoose = 10;

type GeneratePageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** `?model=` shows the form of that model, or of one version of it; `?from=` fills it with the settings of a saved image, without its seed. */
export default async function GeneratePage({ searchParams }: GeneratePageProps) {
  const { model, from, image } = await searchParams;
  const user = await requirePageUser(pathWith("/dashboard/generate", { image }));
  const source = typeof from === "string" ? await getMedia(user.id, from) : null;
  const [form, feed, usage] = await Promise.all([
    getModelForm(user.id, source?.model ?? (typeof model === "string" ? model : undefined)).catch(elsewhere),
    listPredictions(user.id, { limit: feedLength }),
    usageOf(user.id),
  ]);
  if (!form) return <Hasty />;
  const takesMediaList = form.fields.some(takesMedia);
  const mediaChoices = takesMediaList ? await mediaItemsOf(user.id) : [];
  const { seed: _, ...settings } = source?.input ?? {};

  return (
    <Studio
      key={user.id}
      owner={user.id}
      model={form.ref}
      version={form.version}
      fields={form.fields}
      choices={choicesWith(form)}
      formKey={crypto.randomUUID()}
      start={source ? settings : null}
      mediaChoices={mediaChoices}
      predictions={feed.results}
      usage={usage}
      startingPrompts={startingPrompts}
      loadAspectRatios={loadAspectRatios}
      loadComparable={loadComparable}
      canRun={canRun}
      loadPrompts={loadPrompts}
      startAction={startPrediction}
    />
  );
}

/** What a model can be given: images that were brought along, and those that were made here. */
async function mediaItemsOf(userId: string) {
  const [uploads, images] = await Promise.all([
    listUploads(userId, uploadsToChoose),
    listMedia(userId, { limit: mediaToChoose }),
  ]);
  return [...uploads.map(({ id }) => uploadToMediaChoice(id)), ...images.results.map(toMediaChoice)];
}

/** A model that cannot be run here has no page; that too many were asked about is said on it. */
function elsewhere(error: unknown): null {
  if (error instanceof AppError && error.status === 422) notFound();
  if (error instanceof AppError && error.code === "rate_limited") return null;
  throw error;
}

function Hasty() {
  return (
    <div className="mx-auto max-w-[1200px] px-4 py-8 md:px-10 md:py-12">
      <PageHeader title="Generate" />
      <NoModels reason="rate_limited" />
    </div>
  );
}

/** The catalogue, and the model that is shown when it is not in it. */
function choicesWith({ ref, title }: { ref: string; title: string }) {
  const choices = listEnabledModels().map(({ id, title: name, tool }) => ({
    id,
    title: name,
    isMaker: tool === "generate",
  }));
  return choices.some((choice) => choice.id === ref) ? choices : [{ id: ref, title, isMaker: false }, ...choices];
}

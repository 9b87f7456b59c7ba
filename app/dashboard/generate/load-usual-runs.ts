import type { UsualRun } from "@/components/generate/feed/job-card";
import { formatSeconds } from "@/components/ui/format";
import { AppError } from "@/lib/errors";
import { listEnabledModels } from "@/lib/models/allowed-models";
import type { Makes } from "@/lib/models/inputs/takes-and-makes";
import { modelNameOf } from "@/lib/models/ref";
import { getModelForm } from "@/lib/models/resolve";
import { listTypicalSeconds } from "@/lib/models/typical-seconds";
import type { Prediction } from "@/lib/predictions/schema";
import { isFinished } from "@/lib/predictions/status";

/** For each kind of result: its usual aspect ratio (width divided by height). Texts and other results have none. */
const frames: Partial<Record<Makes, number>> = { image: 1, video: 16 / 9 };

/**
 * Returns how long a run usually takes (s), by model: for the form's model and all featured models. The page shows these times
 * only for the form's model and for models that are running. But this function does not know which models are running, because it
 * runs while the list of predictions is still being loaded. Returns an empty object if loading fails.
 */
export async function loadUsualSeconds(ref: string): Promise<Record<string, number>> {
  const models = [modelNameOf(ref), ...listEnabledModels().map(({ id }) => id)];
  return listTypicalSeconds([...new Set(models)]).catch(() => ({}));
}

/**
 * Returns the usual shape and duration of a run, by model, for the cards of running jobs. Contains the form's model and the
 * models of the running predictions. A model whose data cannot be loaded is left out. `seconds` is the result of
 * `loadUsualSeconds`.
 */
export async function loadUsualRuns(
  userId: string,
  form: { ref: string; makes: Makes },
  predictions: Prediction[],
  seconds: Record<string, number>,
): Promise<Record<string, UsualRun>> {
  const models = new Map<string, Promise<Makes | null>>([[modelNameOf(form.ref), Promise.resolve(form.makes)]]);
  for (const { model, version, status } of predictions) {
    if (!isFinished(status) && !models.has(model)) models.set(model, findMakes(userId, model, version));
  }
  const makes = await Promise.all(models.values());
  const runs: Record<string, UsualRun> = {};
  for (const [index, model] of [...models.keys()].entries()) {
    const usual = seconds[model];
    const made = makes[index];
    if (made) runs[model] = { frame: frames[made] ?? null, usual: usual === undefined ? null : inWords(usual) };
  }
  return runs;
}

async function findMakes(userId: string, model: string, version: string | null): Promise<Makes | null> {
  try {
    return (await getModelForm(userId, version ? `${model}:${version}` : model)).makes;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function inWords(seconds: number) {
  return `usually ${formatSeconds(seconds)}`;
}

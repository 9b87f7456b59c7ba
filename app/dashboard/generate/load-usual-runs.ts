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

/** The usual width of what a model makes, divided by its height. */
const frames: Partial<Record<Makes, number>> = { image: 1, video: 16 / 9 };

/**
 * Returns the typical seconds of the form's model and of the models that can run here. They are loaded before it is known which
 * models run, so that the page does not wait for one more answer. Returns none if they cannot be loaded.
 */
export async function loadUsualSeconds(ref: string): Promise<Record<string, number>> {
  const models = [modelNameOf(ref), ...listEnabledModels().map(({ id }) => id)];
  return listTypicalSeconds([...new Set(models)]).catch(() => ({}));
}

/**
 * Returns how runs of the form's model and of the running predictions are shown, by the name of the model. A model whose data
 * cannot be loaded is left out. `seconds` are those of `loadUsualSeconds`.
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

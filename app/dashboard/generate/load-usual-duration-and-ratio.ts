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
 * Returns how long a run of each model usually takes (s). The key is the name of the model. The page needs only the times of the
 * form's model and of running models. But while this function runs, the list of running predictions is not yet known. So the
 * function returns the times of all featured models. Returns an empty object if loading fails.
 */
export async function loadUsualSeconds(ref: string): Promise<Record<string, number>> {
  const models = [modelNameOf(ref), ...listEnabledModels().map(({ id }) => id)];
  return listTypicalSeconds([...new Set(models)]).catch(() => ({}));
}

/**
 * Returns what the cards of running jobs show for each model: the usual aspect ratio and duration of a run. The key is the name
 * of the model. The result contains the form's model and the models of running predictions. A model whose data cannot be loaded
 * is left out. `seconds` is the result of `loadUsualSeconds`.
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

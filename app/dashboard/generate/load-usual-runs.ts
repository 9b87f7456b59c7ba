import type { UsualRun } from "@/components/generate/feed/job-card";
import { formatSeconds } from "@/components/ui/format";
import { AppError } from "@/lib/errors";
import type { Makes } from "@/lib/models/inputs/takes-and-makes";
import { modelNameOf } from "@/lib/models/ref";
import { getModelForm } from "@/lib/models/resolve";
import { listTypicalSeconds } from "@/lib/models/typical-seconds";
import type { Prediction } from "@/lib/predictions/schema";
import { isFinished } from "@/lib/predictions/status";

/** The usual width of what a model makes, divided by its height. */
const frames: Partial<Record<Makes, number>> = { image: 1, video: 16 / 9 };

/**
 * Returns how runs of the form's model and of the running predictions are shown, by the name of the model. A model whose data
 * cannot be loaded is left out.
 */
export async function loadUsualRuns(
  userId: string,
  form: { ref: string; makes: Makes },
  predictions: Prediction[],
): Promise<Record<string, UsualRun>> {
  const models = new Map<string, Makes | Promise<Makes | null>>([[modelNameOf(form.ref), form.makes]]);
  for (const { model, version, status } of predictions) {
    if (!isFinished(status) && !models.has(model)) models.set(model, findMakes(userId, model, version));
  }
  const [seconds, ...makes] = await Promise.all([
    listTypicalSeconds([...models.keys()]).catch((): Record<string, number> => ({})),
    ...models.values(),
  ]);
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

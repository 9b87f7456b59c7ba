import { findVersion } from "./catalog.ts";
import { withDefaults } from "./json-schema.ts";
import { openInput } from "./open-input.ts";
import type { Prediction } from "./prediction.ts";
import { planRun } from "./runners/plan-run.ts";
import { ModelError, type Job, type Plan } from "./runners/plan.ts";
import { planTraining } from "./runners/training.ts";
import type { State } from "./state.ts";

/** Gets what a run needs and lays it out. Throws `ModelError` when the model fails at its start. */
export async function prepareRun(prediction: Prediction, state: State, origin: string): Promise<Plan> {
  const found = findVersion(state, prediction.runs);
  const job: Job = {
    model: prediction.model,
    input: withDefaults(prediction.input, found?.version.schemas ?? {}),
    seed: prediction.seed,
    open: (uri) => openInput(uri, origin, state),
  };
  if (prediction.destination) return planTraining(job, prediction.destination, prediction.id);
  if (!found?.model.runner) throw new ModelError("The model's container could not be started (E6716)");
  return planRun(found.model.runner, job);
}

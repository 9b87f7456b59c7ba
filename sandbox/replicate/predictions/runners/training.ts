import { encodeSafetensors } from "../../file-formats/safetensors.ts";
import { encodeTar } from "../../file-formats/tar.ts";
import { sha256 } from "../../state/ids.ts";
import { readInputFiles } from "./input-files.ts";
import { getDuration, progressEvents, type Plan, type Run } from "./plan.ts";

/** The names of the input with the number of training steps. The name depends on the trainer. */
const STEPS = ["steps", "training_steps", "max_train_steps"];
const MAX_STEPS = 200;
const FIRST_LOSS = 0.6;

/**
 * Acts as a model that trains another model. The log is one long progress bar with a falling loss. The output contains the new
 * version of the model `destination`, and the weights.
 */
export async function planTraining(run: Run, destination: string, id: string): Promise<Plan> {
  await readInputFiles(run);
  const asked = STEPS.map((name) => Number(run.input[name] ?? 0));
  const steps = Math.min(MAX_STEPS, Math.max(...asked) || 40);
  const runMs = getDuration(run, steps * 50);
  const events = progressEvents([steps], runMs / steps).map(({ at, log }) => {
    const loss = FIRST_LOSS * Math.exp((-2 * at) / runMs);
    return { at, log: `${log?.replace("]", "")}, lr: 4.0e-04 loss: ${loss.toExponential(2)}]` };
  });
  const weights = { name: "trained_model.tar", type: "application/x-tar" };
  return {
    events,
    duration: runMs,
    makeFiles: async () => [{ ...weights, bytes: encodeTar("output/lora.safetensors", encodeSafetensors()) }],
    toOutput: ([path]) => ({ version: `${destination}:${sha256(id)}`, weights: path }),
  };
}

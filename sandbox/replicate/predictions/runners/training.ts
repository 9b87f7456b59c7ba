import { sha256 } from "../../state/ids.ts";
import { readNumber, getDuration, progressEvents, type Run, type Plan } from "./plan.ts";

/** A training: one long progress bar. Its output is a new version of the destination, and the weights. */
export async function planTraining(run: Run, destination: string, id: string): Promise<Plan> {
  const steps = Math.min(200, Math.max(1, readNumber(run.input, "max_train_steps", 40)));
  const runMs = getDuration(run, steps * 50);
  return {
    events: progressEvents([steps], runMs / steps),
    duration: runMs,
    makeFiles: async () => [{ name: "trained_model.tar", type: "application/x-tar", bytes: new Uint8Array(1024) }],
    toOutput: ([weights]) => ({ version: `${destination}:${sha256(id)}`, weights }),
  };
}

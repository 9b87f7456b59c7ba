import { sha256 } from "../../state/ids.ts";
import { readNumber, runTime, progressEvents, type Job, type Plan } from "./plan.ts";

/** A fine-tune: a longer bar, and at its end a version of the destination and its weights. */
export async function planTraining(job: Job, destination: string, id: string): Promise<Plan> {
  const steps = Math.min(200, Math.max(1, readNumber(job.input, "max_train_steps", 40)));
  const run = runTime(job, steps * 50);
  return {
    events: progressEvents([steps], run / steps),
    duration: run,
    make: async () => [{ name: "trained_model.tar", type: "application/x-tar", bytes: new Uint8Array(1024) }],
    output: ([weights]) => ({ version: `${destination}:${sha256(id)}`, weights }),
  };
}

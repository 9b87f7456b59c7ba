import { announce } from "@/components/ui/live-region";
import { explainFailure } from "@/lib/predictions/failure";
import { stageOf } from "@/lib/predictions/parse-logs";
import { explainProblem } from "./explain-problem";
import type { Job } from "./job";
import type { JobStore } from "./store";

/** Says each step of each job to screen readers, once, until `signal` says stop. */
export function announceSteps(store: JobStore, signal: AbortSignal) {
  let before = new Map(store.get().map((job) => [job.key, wordsFor(job)]));
  const stop = store.subscribe(() => {
    const now = new Map(store.get().map((job) => [job.key, wordsFor(job)]));
    for (const [key, words] of now) if (words !== before.get(key)) announce(words);
    before = now;
  });
  signal.addEventListener("abort", stop);
}

/** The step that a job has reached, without its percents: those would never stop talking. */
function wordsFor({ prediction, problem }: Job) {
  if (problem) return explainProblem(problem).title;
  if (!prediction) return "Sent";
  const failure = explainFailure(prediction);
  if (failure) return failure.title;
  return stageOf({ ...prediction, progress: null });
}

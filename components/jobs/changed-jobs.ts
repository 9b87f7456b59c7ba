import { type ItemChanges, withChanges } from "@/components/media/item-changes";
import { isEmptied } from "@/components/media/item";
import type { Job } from "./job";

/** The jobs with their images as they are now. A job that nothing was done with stays the same object. */
export function jobsWith(jobs: Job[], changes: ItemChanges): Job[] {
  return jobs.map((job) => {
    const { prediction } = job;
    if (!prediction?.images.some(({ id }) => changes.has(id))) return job;
    return { ...job, prediction: { ...prediction, images: withChanges(prediction.images, changes) } };
  });
}

/** Whether there is anything to see of a job: of one whose images were all deleted there is not. */
export function isLeft({ prediction }: Job) {
  return !(prediction && isEmptied(prediction));
}

import { type MediaItem, mediaItemsOf } from "@/components/prediction/picture";
import type { Job } from "./jobs";

/** The images of all these jobs, in their order. */
export function mediaItemsOfJobs(jobs: Job[]): MediaItem[] {
  return jobs.flatMap(({ prediction }) => (prediction ? mediaItemsOf(prediction) : []));
}

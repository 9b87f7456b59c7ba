import { type MediaItem, mediaItemsOf } from "@/components/media/item";
import type { Job } from "./job";

/** The images of all these jobs, in their order. */
export function mediaItemsOfJobs(jobs: Job[]): MediaItem[] {
  return jobs.flatMap(({ prediction }) => (prediction ? mediaItemsOf(prediction) : []));
}

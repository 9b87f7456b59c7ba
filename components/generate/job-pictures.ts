import { type Picture, picturesOf } from "@/components/prediction/picture";
import type { Job } from "./jobs";

/** The pictures of all these jobs, in their order. */
export function picturesOfAll(jobs: Job[]): Picture[] {
  return jobs.flatMap(({ prediction }) => (prediction ? picturesOf(prediction) : []));
}

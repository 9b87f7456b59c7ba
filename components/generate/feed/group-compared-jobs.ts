import { promptOf } from "@/components/media/media-item";
import type { Job } from "@/components/jobs/job";
import { modelNameOf } from "@/lib/models/ref";

/** The longest time between the first and the last request of a comparison (ms). */
const maxGap = 3000;
const maxLength = 4;

/**
 * Groups the jobs into rows. The jobs of one comparison share a row: they have the same prompt but different models, and were
 * sent within `maxGap` of each other.
 */
export function groupComparedJobs(jobs: Job[]): Job[][] {
  const rows: Job[][] = [];
  for (const job of jobs) {
    const row = rows.at(-1);
    if (row && row.length < maxLength && row.every((other) => isCompared(other, job))) row.push(job);
    else rows.push([job]);
  }
  return rows;
}

function isCompared(one: Job, other: Job) {
  const prompt = promptOf(one.request.input);
  return (
    prompt !== "" &&
    prompt === promptOf(other.request.input) &&
    modelNameOf(one.request.model) !== modelNameOf(other.request.model) &&
    Math.abs(one.sentAt - other.sentAt) < maxGap
  );
}

/**
 * Returns the position of each queued job in the queue, by the key of the job. The job that runs next has position 1. If fewer
 * than two jobs are queued, returns an empty map.
 */
export function queuePositions(jobs: Job[]): ReadonlyMap<string, number> {
  const waiting = jobs.filter(({ prediction }) => prediction?.status === "queued").toReversed();
  return new Map(waiting.length > 1 ? waiting.map(({ key }, index) => [key, index + 1]) : []);
}

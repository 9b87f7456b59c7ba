import { promptOf } from "@/components/media/media-item";
import type { Job } from "@/components/jobs/job";
import { nameOf } from "@/components/jobs/model-name";

/** The longest time between two requests of one click (ms). */
const maxGap = 3000;
const maxLength = 4;

/** The jobs in rows: jobs that sent one prompt to several models at once share a row. */
export function rowsOf(jobs: Job[]): Job[][] {
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
    nameOf(one.request.model) !== nameOf(other.request.model) &&
    Math.abs(one.sentAt - other.sentAt) < maxGap
  );
}

/** The place in line of each job that Replicate has not taken yet, by key: 1 is next. Empty for a single job. */
export function placesInLine(jobs: Job[]): ReadonlyMap<string, number> {
  const waiting = jobs.filter(({ prediction }) => prediction?.status === "queued").toReversed();
  return new Map(waiting.length > 1 ? waiting.map(({ key }, index) => [key, index + 1]) : []);
}

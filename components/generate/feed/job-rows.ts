import { promptOf } from "@/components/media/item";
import type { Job } from "@/components/jobs/job";
import { nameOf } from "@/components/jobs/model-ref";

/** Between the requests of one click (ms), by whichever clock. */
const together = 3000;
const most = 4;

/** The jobs in rows: those that sent one prompt to several models at once stand side by side. */
export function rowsOf(jobs: Job[]): Job[][] {
  const rows: Job[][] = [];
  for (const job of jobs) {
    const row = rows.at(-1);
    if (row && row.length < most && row.every((other) => isCompared(other, job))) row.push(job);
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
    Math.abs(one.sentAt - other.sentAt) < together
  );
}

/** The place in line of each job that waits until Replicate takes it, by its key: 1 is next. Alone there is no line. */
export function placesInLine(jobs: Job[]): ReadonlyMap<string, number> {
  const waiting = jobs.filter(({ prediction }) => prediction?.status === "queued").toReversed();
  return new Map(waiting.length > 1 ? waiting.map(({ key }, index) => [key, index + 1]) : []);
}

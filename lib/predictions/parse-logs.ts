import type { Prediction, Status } from "@/lib/predictions/schema";

/** Only the end of a log counts, and logs can be megabytes. */
const TAIL = 16_384;
/** A tqdm bar: ` 50%|█████     |`. Only drawing characters stand inside, so that a prompt in the log is not taken for one. */
const BAR = /(?<![\d.])(\d{1,3})%\|[ #\d▏▎▍▌▋▊▉█]*\|/g;
/** tqdm without a known total counts instead: `12it [00:01,  8.51it/s]`. */
const COUNT = /(?<![\d.])(\d+)it \[/g;

const FINISHED: readonly Status[] = ["succeeded", "failed", "canceled", "aborted"];

/**
 * How far the model says it is, 0 to 1, by the last progress bar in its log; null when there is none. `totalHint` is the
 * number of steps, for bars that only count. A model with several bars begins anew with each, and the callers see to it
 * that what is shown never goes back.
 */
export function parseProgress(logs: string, totalHint?: number): number | null {
  const tail = logs.slice(-TAIL);
  const bar = lastNumber(tail, BAR, 100);
  const count = totalHint ? lastNumber(tail, COUNT, Infinity) : null;
  if (count && totalHint && (!bar || count.at > bar.at)) return Math.min(1, count.value / totalHint);
  return bar && bar.value / 100;
}

function lastNumber(text: string, pattern: RegExp, max: number) {
  let last: { value: number; at: number } | null = null;
  for (const match of text.matchAll(pattern)) {
    const value = Number(match[1]);
    if (value <= max) last = { value, at: match.index };
  }
  return last;
}

/** The seed a model says it took, when it was left to choose. A prompt is logged after it, hence the first one. */
export function seedFromLogs(logs: string): number | null {
  const seed = Number(/^Using seed: (\d+)\s*$/m.exec(logs)?.[1] ?? NaN);
  return Number.isSafeInteger(seed) ? seed : null;
}

/** Whether the model has come to an end of any kind. Such a status never changes again. */
export function isFinished(status: Status): boolean {
  return FINISHED.includes(status);
}

/** Whether the model has made its files and not all of them are in our storage. */
export function isUnsaved({ status, saved_at }: Pick<Prediction, "status" | "saved_at">): boolean {
  return status === "succeeded" && saved_at === null;
}

/** Whether something is still to happen: the model is not finished, or its files are still being saved. */
export function isActive(prediction: Pick<Prediction, "status" | "saved_at" | "save_error">): boolean {
  if (!isFinished(prediction.status)) return true;
  return isUnsaved(prediction) && (prediction.save_error === null || prediction.save_error === "retrying");
}

/** Where a prediction stands, in the words the page shows. */
export function stageOf(
  prediction: Pick<Prediction, "status" | "progress" | "saved_at" | "save_error" | "images">,
): string {
  switch (prediction.status) {
    case "queued":
      return "Queued";
    case "starting":
      return "Starting up";
    case "processing":
      return prediction.progress === null ? "Developing" : `Developing ${Math.round(prediction.progress * 100)} %`;
    case "succeeded":
      if (prediction.saved_at) return "Saved";
      if (isActive(prediction)) return "Saving";
      return prediction.images.length > 0 ? "Partly saved" : "Not saved";
    case "failed":
      return "Failed";
    case "canceled":
      return "Canceled";
    case "aborted":
      return "Stopped";
  }
}

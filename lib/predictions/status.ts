import type { Prediction, Status } from "./schema";

const FINISHED: readonly Status[] = ["succeeded", "failed", "canceled", "aborted"];

/** Whether the status is final. A final status can change only if it is provisional. */
export function isFinished(status: Status): boolean {
  return FINISHED.includes(status);
}

/** Whether the prediction has succeeded, but not all of its files are saved. */
export function isUnsaved({ status, saved_at }: Pick<Prediction, "status" | "saved_at">): boolean {
  return status === "succeeded" && saved_at === null;
}

/** Whether the prediction is queued or running, or its files are being saved. */
export function isActive(prediction: Pick<Prediction, "status" | "saved_at" | "save_error">): boolean {
  if (!isFinished(prediction.status)) return true;
  return isUnsaved(prediction) && (prediction.save_error === null || prediction.save_error === "retrying");
}

/** The tools that write text into a form. Their predictions are in the history, but not in the feed. */
export const WORDS_TOOLS = ["improve", "describe", "transcribe"];

/** Whether the feed shows the prediction. */
export function isInFeed({ tool }: Pick<Prediction, "tool">): boolean {
  return tool === null || !WORDS_TOOLS.includes(tool);
}

const LABELS = {
  queued: "Queued",
  starting: "Starting up",
  failed: "Failed",
  canceled: "Canceled",
  aborted: "Stopped",
};

/** Returns the label of a prediction's status. */
export function statusLabel(
  prediction: Pick<Prediction, "status" | "provisional" | "progress" | "saved_at" | "save_error" | "images">,
): string {
  const { status, provisional, progress, saved_at, images } = prediction;
  if (provisional) return "No result yet";
  if (status === "processing") return progress === null ? "Generating" : `Generating ${Math.round(progress * 100)} %`;
  if (status !== "succeeded") return LABELS[status];
  if (saved_at) return "Saved";
  if (isActive(prediction)) return "Saving";
  return images.length > 0 ? "Partly saved" : "Not saved";
}

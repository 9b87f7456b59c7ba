import { fileUrls } from "@/components/media/media-item";
import { imageCount } from "@/lib/models/image-count";
import type { ErrorCode, Prediction, SaveError } from "@/lib/predictions/schema";

/** What happened, what the user can do, and the label of the button that may help, if there is one. */
export type Failure = {
  title: string;
  remedy: string;
  action: "Run again" | "Save the rest" | null;
  /** The end of the time in which the rest can be saved. */
  until?: string | null;
};

const retryable = (title: string, remedy: string): Failure => ({ title, remedy, action: "Run again" });
const final = (title: string, remedy: string): Failure => ({ title, remedy, action: null });

const CODES: Record<ErrorCode, Failure> = {
  content_rejected: retryable("The model's safety check stopped this image", "Try again, or change the prompt."),
  model_failed: retryable("The model stopped before it finished", "Try again, or change a setting."),
  provider_refused: final("Replicate did not accept this request", "Change the settings or choose another model."),
  provider_unreachable: retryable("Replicate could not be reached", "No result arrived. Try again in a minute."),
  timed_out: retryable("The model took too long", "Try again, or choose fewer steps or a smaller size."),
};

const NO_RESULT_YET = retryable(
  "No result from Replicate yet",
  "If it still arrives, it will be saved. If you run it again, both count.",
);

const OUT_OF_MEMORY = final("The image was too large for the model", "Choose a smaller size or fewer images.");

const ENDED = {
  canceled: retryable("Canceled before it finished", "You can run it again."),
  aborted: retryable("Replicate found no free machine in time", "Nothing was generated. Try again."),
};

const SAVING: Record<Exclude<SaveError, "retrying" | "dropped" | "too_many">, Failure> = {
  empty_output: retryable("The model finished without an image", "Try again, or change the prompt."),
  unsupported_output: final(
    "The result is not an image that can be saved",
    "PNG, JPEG, WebP and GIF can be saved. Choose one of them or another model.",
  ),
  too_large: final("The image is too large to be saved", "Choose a smaller size."),
  damaged: retryable("The model finished with a damaged image", "It is saved. You can run it again."),
  expired: retryable("Expired before it could be saved", "Replicate deletes its files after an hour. Run it again."),
};

/** Explains why a prediction failed or was not saved; null while it is running or being saved, and once it is saved. */
export function explainFailure(
  prediction: Pick<Prediction, "status" | "provisional" | "error" | "error_code" | SaveFields>,
): Failure | null {
  const { status, error, error_code: code } = prediction;
  if (status === "canceled" || status === "aborted") return ENDED[status];
  if (status === "failed") {
    if (prediction.provisional) return NO_RESULT_YET;
    const ranOutOfMemory = (!code || code === "model_failed") && /out of memory|\bE1001\b/i.test(error ?? "");
    return ranOutOfMemory ? OUT_OF_MEMORY : CODES[code ?? "model_failed"];
  }
  return status === "succeeded" ? explainSaving(prediction) : null;
}

type SaveFields = "saved_at" | "save_error" | "images" | "input" | "output" | "output_expires_at";

function explainSaving(prediction: Pick<Prediction, SaveFields>): Failure | null {
  const { saved_at, save_error, images, input, output } = prediction;
  if (save_error === "dropped") return explainDropped(output, imageCount(input));
  if (!save_error || save_error === "retrying") return null;
  if (save_error === "too_many") {
    const title = `${images.length} of ${fileUrls(output).length} images are saved`;
    const remedy = "Replicate deletes its files after an hour.";
    return { title, remedy, action: "Save the rest", until: prediction.output_expires_at };
  }
  const failure = SAVING[save_error];
  const isAsSaid = images.length === 0 || saved_at;
  return isAsSaid ? failure : { ...failure, title: "Some images could not be saved" };
}

/** Counts the files in the output, not the saved images, because some may have been deleted in the meantime. */
function explainDropped(output: unknown, requested: number): Failure {
  const arrived = fileUrls(output).length;
  return retryable(
    arrived < requested ? `${arrived} of ${requested} images arrived` : "Some images did not arrive",
    "The model's safety check may have stopped the rest. Try again, or change the prompt.",
  );
}

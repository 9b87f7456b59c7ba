import { imageCount } from "@/lib/models/image-count";
import type { ErrorCode, Prediction, SaveError } from "./schema";

/** What happened, what the user can do, and whether the same request may work the next time. */
export type Failure = { title: string; remedy: string; canRetry: boolean };

const CODES: Record<ErrorCode, Failure> = {
  content_rejected: {
    title: "The model's safety check stopped this image",
    remedy: "Try again, or change the prompt.",
    canRetry: true,
  },
  model_failed: {
    title: "The model stopped before it was finished",
    remedy: "Try again. If it stops again, change a setting.",
    canRetry: true,
  },
  provider_refused: {
    title: "Replicate did not accept this request",
    remedy: "Change the settings or choose another model.",
    canRetry: false,
  },
  provider_unreachable: {
    title: "Replicate could not be reached",
    remedy: "Nothing was made. Try again in a minute.",
    canRetry: true,
  },
  timed_out: {
    title: "The model took too long",
    remedy: "Try again, or choose fewer steps or a smaller size.",
    canRetry: true,
  },
};

const OUT_OF_MEMORY: Failure = {
  title: "The image was too large for the model",
  remedy: "Choose a smaller size or fewer images.",
  canRetry: false,
};

const ENDED: Record<"canceled" | "aborted", Failure> = {
  canceled: {
    title: "Canceled before it was finished",
    remedy: "Start it again when you like.",
    canRetry: true,
  },
  aborted: {
    title: "Replicate found no free machine in time",
    remedy: "Nothing was made. Try again.",
    canRetry: true,
  },
};

const SAVING: Record<Exclude<SaveError, "retrying" | "dropped">, Failure> = {
  empty_output: {
    title: "The model finished without an image",
    remedy: "Try again, or change the prompt.",
    canRetry: true,
  },
  unsupported_output: {
    title: "The result is not an image that can be saved",
    remedy: "PNG, JPEG, WebP and GIF can be saved. Choose one of them, or another model.",
    canRetry: false,
  },
  too_large: {
    title: "The image is too large to be saved",
    remedy: "Choose a smaller size.",
    canRetry: false,
  },
  expired: {
    title: "Expired before it could be saved",
    remedy: "Replicate deletes its files after an hour. Run it again with the same settings.",
    canRetry: true,
  },
};

/** Why a prediction failed or was not saved; null while it runs, is being saved, or is saved. */
export function explainFailure(
  prediction: Pick<Prediction, "status" | "error" | "error_code" | "input" | "output" | SaveFields>,
): Failure | null {
  const { status, error, error_code: code } = prediction;
  if (status === "canceled" || status === "aborted") return ENDED[status];
  if (status === "failed") {
    const ranOutOfMemory = (!code || code === "model_failed") && /out of memory|\bE1001\b/i.test(error ?? "");
    return ranOutOfMemory ? OUT_OF_MEMORY : CODES[code ?? "model_failed"];
  }
  return status === "succeeded" ? explainSaving(prediction) : null;
}

type SaveFields = "saved_at" | "save_error" | "images";

function explainSaving(prediction: Pick<Prediction, "input" | "output" | SaveFields>): Failure | null {
  const { saved_at, save_error, images } = prediction;
  if (save_error === "dropped") return explainDropped(prediction);
  if (saved_at || !save_error || save_error === "retrying") return null;
  const failure = SAVING[save_error];
  return images.length > 0 ? { ...failure, title: "Some of the images could not be saved" } : failure;
}

/** Counts the files of the output, not the images: those may have been deleted since. */
function explainDropped({ input, output }: Pick<Prediction, "input" | "output">): Failure {
  const [arrived, requested] = [Array.isArray(output) ? output.length : 1, imageCount(input)];
  return {
    title: arrived < requested ? `${arrived} of ${requested} images arrived` : "Some images did not arrive",
    remedy: "The model's safety check may have stopped the rest. Try again, or change the prompt.",
    canRetry: true,
  };
}

import { kindOfUrl, nounOf } from "@/components/media/kind";
import { isExpired } from "@/components/media/media-item";
import { outputFiles } from "@/lib/media/output-files";
import { imageCount } from "@/lib/models/inputs/image-count";
import type { ErrorCode, Prediction } from "@/lib/predictions/schema";

/** `title`: what happened. `remedy`: what the user can do. `action`: the label of a button that may help, or null. */
export type Failure = {
  title: string;
  remedy: string;
  action: "Run again" | "Save the rest" | null;
  /** The time (ISO 8601) at which Replicate deletes the files that are not saved. */
  until?: string | null;
  /** The URLs of files that this app cannot save. Users can save them to their own devices, until Replicate deletes them. */
  files?: string[];
};

const retryable = (title: string, remedy: string): Failure => ({ title, remedy, action: "Run again" });
const final = (title: string, remedy: string): Failure => ({ title, remedy, action: null });

const CODES: Record<ErrorCode, Failure> = {
  content_rejected: retryable("The model's safety check stopped this result", "Try again, or change the prompt."),
  model_failed: retryable("The model stopped before it finished", "Try again, or change a setting."),
  provider_refused: final("Replicate did not accept this request", "Change the settings or choose another model."),
  provider_unreachable: retryable("Replicate could not be reached", "No result arrived. Try again in a minute."),
  timed_out: retryable("The model took too long", "Try again, or choose fewer steps or a smaller size."),
};

const NO_RESULT_YET = retryable(
  "No result from Replicate yet",
  "If a result still arrives, it will be saved. If you run this again, both runs count toward your limits.",
);

const OUT_OF_MEMORY = final("The model ran out of memory", "Choose a smaller size or fewer images.");

const ENDED = {
  canceled: retryable("Canceled before it finished", "You can run this again."),
  aborted: retryable("Replicate found no free machine in time", "Nothing was generated. Try again."),
};

const SAVING = {
  empty_output: retryable("The model finished without a result", "Try again, or change the prompt."),
  damaged: retryable(
    "The model finished with a damaged image",
    "The image is saved, although it is damaged. You can run this again.",
  ),
  expired: retryable(
    "The result expired before it could be saved",
    "Replicate deletes results after an hour. You can run this again.",
  ),
};

const CUT = final(
  "The result is too large to be saved in full",
  "Choose other settings, or split the input into parts.",
);

/**
 * Explains why a prediction failed, or what went wrong with its files. Returns null if nothing went wrong, and while the
 * prediction is running or being saved.
 */
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

type SaveFields = "saved_at" | "save_error" | "images" | "input" | "output" | "links" | "output_expires_at";

function explainSaving(prediction: Pick<Prediction, SaveFields>): Failure | null {
  const { saved_at, save_error, images, input, output, links } = prediction;
  const urls = outputFiles(output, links);
  // A URL that starts with "/" belongs to a file that was saved, and perhaps deleted later. All other URLs are of unsaved files.
  const unsaved = urls.filter((url) => !url.startsWith("/"));
  const noun = nounOf([...images.map(({ kind }) => kind), ...unsaved.map(kindOfUrl)]);
  switch (save_error) {
    case null:
    case "retrying":
      return null;
    case "dropped":
      return explainDropped(urls.length, imageCount(input), noun);
    case "too_many": {
      const title = `${images.length} of ${urls.length} ${noun}s are saved`;
      const remedy = `One hour after the run, Replicate deletes the other ${noun}s.`;
      return { title, remedy, action: "Save the rest", until: prediction.output_expires_at };
    }
    case "too_large":
      return unsaved.length === 0 ? CUT : explainUnsavable(prediction, "too large to be saved", unsaved);
    case "unsupported_output":
      return explainUnsavable(prediction, "in a form that cannot be saved", unsaved);
    default: {
      const isAsSaid = images.length === 0 || saved_at;
      return isAsSaid ? SAVING[save_error] : { ...SAVING[save_error], title: `Some ${noun}s could not be saved` };
    }
  }
}

/**
 * Explains that some files are missing in the output. `arrived` is the number of files in the output. It is not the number of
 * saved files, because users may have deleted some saved files.
 */
function explainDropped(arrived: number, requested: number, noun: string) {
  return retryable(
    arrived < requested ? `${arrived} of ${requested} ${noun}s arrived` : `Some ${noun}s did not arrive`,
    `The model's safety check may have removed the missing ${noun}s. Try again, or change the prompt.`,
  );
}

function explainUnsavable(prediction: Pick<Prediction, SaveFields>, why: string, files: string[]): Failure {
  const noun = nounOf(files.map(kindOfUrl));
  const isOne = files.length < 2;
  const title = isOne ? `The ${noun} is ${why}` : `${files.length} ${noun}s are ${why}`;
  const it = isOne ? "it" : "them";
  const otherwise = "Choose other settings or another model.";
  if (files.length === 0) return final(title, otherwise);
  if (isExpired(prediction)) return final(title, `Replicate has deleted ${it}. ${otherwise}`);
  const remedy = `Save ${it} to your device before Replicate deletes ${it}.`;
  return { ...final(title, remedy), files, until: prediction.output_expires_at };
}

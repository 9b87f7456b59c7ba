import "server-only";
import type { User } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { MAX_SPOKEN_SECONDS } from "@/lib/limits/default-limits";
import { touchUploads } from "@/lib/media/uploads/rows";
import { createPrediction } from "@/lib/predictions/create";
import { createOrReuse } from "@/lib/predictions/create-or-reuse";
import type { Prediction } from "@/lib/predictions/schema";
import type { NewWords } from "./schema";
import { toRequest } from "./to-request";

/**
 * Starts a prediction that improves a prompt, describes an image or transcribes a recording, as `words` says. If the user made
 * the same request in the last 24 hours, returns the earlier prediction (see `createOrReuse`). With `freshKey`, always starts a
 * new prediction, and `freshKey` is its idempotency key. Throws the errors of `toRequest` and of `createPrediction`, and
 * `invalid_input` for a recording that is too long.
 */
export async function startWords(
  user: User,
  words: NewWords,
  freshKey: string | null,
): Promise<{ prediction: Prediction; isNew: boolean }> {
  const request = await toRequest(user.id, words);
  if (words.task === "transcribe") await requireShort(user.id, words.upload);
  if (freshKey === null) return createOrReuse(user, request, null);
  return { prediction: await createPrediction(user, request, freshKey), isNew: true };
}

/**
 * Throws if the recording is too long or its length is unknown. Ignores a file that is missing or is not audio, because
 * `createPrediction` refuses it.
 */
async function requireShort(userId: string, upload: string): Promise<void> {
  const file = (await touchUploads(userId, [upload])).get(upload);
  if (!file?.content_type.startsWith("audio/")) return;
  const seconds = Math.ceil((file.duration_ms ?? 0) / 1000);
  if (seconds > 0 && seconds <= MAX_SPOKEN_SECONDS) return;
  const reason =
    seconds > 0 ? `The recording is ${seconds} seconds long.` : "The length of the recording is not known.";
  throw new AppError("invalid_input", `${reason} A recording may be at most ${MAX_SPOKEN_SECONDS} seconds long.`);
}

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
 * Starts a prediction that writes these words, or returns the one of the same request within a day: see `createOrReuse`. With
 * `freshKey`, always starts a new one, with this idempotency key. Throws the errors of `toRequest` and of `createPrediction`, and
 * `invalid_input` for a recording that is too long.
 */
export async function startWords(
  user: User,
  words: NewWords,
  freshKey: string | null,
): Promise<{ prediction: Prediction; isNew: boolean }> {
  const request = await toRequest(user.id, words);
  if (words.task === "transcribe") await requireShort(user.id, words.upload);
  if (freshKey === null) return createOrReuse(user, request);
  return { prediction: await createPrediction(user, request, freshKey), isNew: true };
}

/** Throws if the recording is too long. `createPrediction` refuses a file that is missing, or is no recording. */
async function requireShort(userId: string, upload: string): Promise<void> {
  const { duration_ms } = (await touchUploads(userId, [upload])).get(upload) ?? {};
  if (!duration_ms || duration_ms <= MAX_SPOKEN_SECONDS * 1000) return;
  const message = `The recording is ${Math.ceil(duration_ms / 1000)} seconds long. At most ${MAX_SPOKEN_SECONDS} can be written down.`;
  throw new AppError("invalid_input", message);
}

import "server-only";
import type { User } from "@/lib/auth";
import { createPrediction } from "@/lib/predictions/create";
import { createOrReuse } from "@/lib/predictions/create-or-reuse";
import type { Prediction } from "@/lib/predictions/schema";
import type { NewWords } from "./schema";
import { toRequest } from "./to-request";

/**
 * Starts a prediction that writes these words, or returns the one of the same request within a day: see `createOrReuse`. With
 * `freshKey`, always starts a new one, with this idempotency key. Throws the errors of `toRequest` and of `createPrediction`.
 */
export async function startWords(
  user: User,
  words: NewWords,
  freshKey: string | null,
): Promise<{ prediction: Prediction; isNew: boolean }> {
  const request = await toRequest(user.id, words);
  if (freshKey === null) return createOrReuse(user, request);
  return { prediction: await createPrediction(user, request, freshKey), isNew: true };
}

import "server-only";
import { AppError } from "@/lib/errors";
import { ReplicateError } from "@/lib/replicate/errors";

/**
 * For `.catch` on a request to Replicate: null when it says that there is no such thing.
 * Throws `provider_unavailable` when Replicate cannot be asked, without its own words: they may contain the token.
 */
export function nullIfNotFound(error: unknown): null {
  if (!(error instanceof ReplicateError)) throw error;
  if (error.kind === "not_found" || error.kind === "rejected") return null;
  throw new AppError("provider_unavailable", "Replicate cannot be reached. Try again in a moment.", {
    cause: error,
    ...(error.kind === "throttled" && { retryAfter: error.retryAfter }),
  });
}

/** There is no such model, or it has no such version. */
export function unknownModel(text: string): AppError {
  const description = `${text.slice(0, 150)} is not a model that can be run. Write owner/name or owner/name:version.`;
  return new AppError("unknown_model", description, {
    invalidFields: [{ field: "model", description, type: "unknown" }],
  });
}

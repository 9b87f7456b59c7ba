import "server-only";
import { AppError } from "@/lib/errors";
import { ReplicateError } from "@/lib/replicate/errors";

/**
 * For `.catch` after a request to Replicate. Returns null if Replicate found nothing or rejected the request. If Replicate is
 * unavailable, throws `provider_unavailable`. The text of this error is not Replicate's message, because that message may contain
 * our API token.
 */
export function nullIfNotFound(error: unknown): null {
  if (!(error instanceof ReplicateError)) throw error;
  if (error.kind === "not_found" || error.kind === "rejected") return null;
  throw new AppError("provider_unavailable", "Replicate is unavailable. Try again in a moment.", {
    cause: error,
    ...(error.kind === "throttled" && { retryAfter: error.retryAfter }),
  });
}

/** Returns the error for a model or version that does not exist. */
export function unknownModel(text: string): AppError {
  return modelError(
    `${text.slice(0, 150)} does not exist on Replicate. Use the form owner/name or owner/name:version.`,
  );
}

/** Returns the error for a request that names only the id of a version, and not its model. */
export function versionAlone(version: string): AppError {
  return modelError(
    `The version ${version.slice(0, 8)}… was given without its model. Use the form owner/name:version.`,
  );
}

function modelError(description: string): AppError {
  return new AppError("unknown_model", description, {
    invalidFields: [{ field: "model", description, type: "unknown" }],
  });
}

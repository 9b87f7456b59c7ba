import "server-only";
import { AppError } from "@/lib/errors";
import type { ReplicateError } from "@/lib/replicate/errors";

/** What to say when Replicate cannot be asked about models: nothing of its own words, which may name the token. */
export function unreachable(error: ReplicateError): AppError {
  return new AppError("provider_unavailable", "Replicate cannot be reached just now. Try again in a moment.", {
    cause: error,
    ...(error.kind === "throttled" && { retryAfter: error.retryAfter }),
  });
}

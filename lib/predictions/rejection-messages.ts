import { AppError } from "@/lib/errors";
import type { ReplicateError } from "@/lib/replicate/errors";

// The messages for a create request that Replicate rejected. What Replicate says about this installation's account is not shown.

const CANNOT_WAIT = "A request with a secret is never saved to be sent later, so nothing was started.";

/** The error for a client whose prediction was rejected at once. After a 429, only a request with secrets gets an error. */
export function toCreateError(rejection: ReplicateError | AppError): AppError {
  if (rejection instanceof AppError) return rejection;
  if (rejection.kind === "unauthorized") {
    const message =
      "Replicate rejected this installation's token, or its account has no credit. Nothing was generated.";
    return new AppError("provider_unavailable", message, { cause: rejection });
  }
  if (rejection.kind === "throttled") {
    const wait = Math.ceil(rejection.retryAfter);
    const message = `Replicate takes no more requests at the moment. ${CANNOT_WAIT} Wait ${wait} s, then try again.`;
    return new AppError("rate_limited", message, { cause: rejection, retryAfter: wait });
  }
  const { invalidFields } = rejection;
  return new AppError("invalid_input", rejection.message.trim(), { cause: rejection, invalidFields });
}

/** The `error` in the row of the rejected prediction. */
export function toRowError({ kind, message }: ReplicateError): string {
  return kind === "unauthorized" ? "This installation cannot use Replicate at the moment." : message;
}

/** The error for a request with secrets that could not be sent because of our own services. `retryAfter` is in seconds. */
export function notSent(retryAfter: number): AppError {
  const message = `The request could not be sent. ${CANNOT_WAIT} Try again in a moment.`;
  return new AppError("provider_unavailable", message, { retryAfter });
}

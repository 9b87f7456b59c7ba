import { AppError } from "@/lib/errors";
import type { ReplicateError } from "@/lib/replicate/errors";

// The messages for a create request that Replicate rejected. What Replicate says about this installation's account is not shown.

/** The error for a client whose prediction was rejected at once. */
export function toCreateError(rejection: ReplicateError): AppError {
  if (rejection.kind === "unauthorized") {
    const message =
      "Replicate rejected this installation's token, or its account has no credit. Nothing was generated.";
    return new AppError("provider_unavailable", message, { cause: rejection });
  }
  const { invalidFields } = rejection;
  return new AppError("invalid_input", rejection.message.trim(), { cause: rejection, invalidFields });
}

/** The `error` in the row of the rejected prediction. */
export function toRowError({ kind, message }: ReplicateError): string {
  return kind === "unauthorized" ? "This installation cannot use Replicate at the moment." : message;
}

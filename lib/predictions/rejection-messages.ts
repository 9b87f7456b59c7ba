import "server-only";
import { AppError } from "@/lib/errors";
import type { ReplicateError } from "@/lib/replicate/errors";
import { applyUpdate, type PredictionRow } from "./rows";

// The messages for a create request that Replicate rejected. Replicate's own messages about the account of this installation are
// not shown to users.

const CANNOT_WAIT =
  "The input contains a secret, and secrets are never saved. So the request cannot wait, and nothing was started.";

/**
 * Returns the error for the client whose create request was rejected or not sent. After a 429, only a request with secrets gets
 * an error, because any other request is queued.
 */
export function toCreateError(rejection: ReplicateError | AppError): AppError {
  if (rejection instanceof AppError) return rejection;
  if (rejection.kind === "unauthorized") {
    const message =
      "Replicate rejected the token of this site, or this site's Replicate account has no credit. Nothing was generated. Only the operator of this site can fix this.";
    return new AppError("provider_unavailable", message, { cause: rejection });
  }
  if (rejection.kind === "throttled") {
    const wait = Math.ceil(rejection.retryAfter);
    const message = `Replicate accepts no more requests at the moment. ${CANNOT_WAIT} Wait ${wait} s, then try again.`;
    return new AppError("rate_limited", message, { cause: rejection, retryAfter: wait });
  }
  const { invalidFields } = rejection;
  return new AppError("invalid_input", rejection.message.trim(), { cause: rejection, invalidFields });
}

/** Returns the text for the column `error` of the rejected prediction. */
export function toRowError({ kind, message }: ReplicateError): string {
  return kind === "unauthorized" ? "This site cannot use Replicate at the moment." : message;
}

/**
 * Returns the error for a request with secrets that could not be sent, because the URLs of its input files could not be created.
 * `retryAfter` is in seconds.
 */
export function notSent(retryAfter: number): AppError {
  const message = `The request could not be sent. ${CANNOT_WAIT} Wait ${Math.ceil(retryAfter)} s, then try again.`;
  return new AppError("provider_unavailable", message, { retryAfter });
}

/**
 * Ends a row as failed, because it has secrets and could not be sent immediately. Secrets are not saved, so the row cannot be
 * sent later either. The prediction never ran, so it no longer counts toward the daily limits.
 */
export function failUnsent(lease: Pick<PredictionRow, "id" | "lease_token">): Promise<PredictionRow | null> {
  const error = "The request was not sent, and its secret is never saved. Enter the secret and run the model again.";
  return applyUpdate(lease, { status: "failed", error, error_code: "provider_unreachable" }, 0);
}

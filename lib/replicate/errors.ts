import type { InvalidField } from "@/lib/errors";

/**
 * What went wrong between us and Replicate.
 * - `refused`: it understood and said no; nothing was started.
 * - `throttled`: too many requests; nothing was started. Ask again after `retryAfter` seconds.
 * - `unauthorized`: the token or the account's credit; nothing was started.
 * - `not_found`: there is no such thing.
 * - `unclear`: no answer, a 408, a 5xx or an answer that makes no sense. A create may have started a prediction.
 */
export type ReplicateErrorKind = "refused" | "throttled" | "unauthorized" | "not_found" | "unclear";

type Details = ErrorOptions & { retryAfter?: number; invalidFields?: InvalidField[] };

export class ReplicateError extends Error {
  override name = "ReplicateError";
  readonly kind: ReplicateErrorKind;
  /** Seconds. */
  readonly retryAfter: number;
  readonly invalidFields: InvalidField[];

  constructor(
    kind: ReplicateErrorKind,
    message: string,
    { retryAfter = 10, invalidFields = [], ...options }: Details = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.retryAfter = retryAfter;
    this.invalidFields = invalidFields;
  }
}

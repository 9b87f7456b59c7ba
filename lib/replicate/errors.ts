import { z } from "zod";
import type { InvalidField } from "@/lib/errors";
import { UPSTREAM_STATUS } from "./fetch-without-retry";

/**
 * Why a request to Replicate failed.
 * - `rejected`: the request is invalid. Nothing was started.
 * - `throttled`: there were too many requests. Nothing was started. Retry after `retryAfter` seconds.
 * - `unauthorized`: the token is invalid or the account has no credit. Nothing was started.
 * - `not_found`: the requested resource does not exist.
 * - `unclear`: no response, a 408 or a 5xx. A create request may have started a prediction.
 * - `unreadable`: a successful response that cannot be understood. A create request may have started a prediction.
 */
type ReplicateErrorKind = "rejected" | "throttled" | "unauthorized" | "not_found" | "unclear" | "unreadable";

type Details = ErrorOptions & { retryAfter?: number; invalidFields?: InvalidField[] };

export class ReplicateError extends Error {
  override name = "ReplicateError";
  readonly kind: ReplicateErrorKind;
  /** How long to wait before the next request (s), if the kind is `throttled`. */
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

/** The body of an error response, in the format problem+json. */
const Problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  retry_after: z.number().optional(),
  invalid_fields: z.array(z.object({ type: z.string(), field: z.string(), description: z.string() })).optional(),
});

/**
 * Returns an error of the official client as a `ReplicateError`. The client's error has the response as a property, and the body
 * of the response in its message.
 */
export function toReplicateError(cause: unknown): ReplicateError {
  const response = cause instanceof Error && "response" in cause ? cause.response : null;
  if (!(response instanceof Response)) {
    // A SyntaxError means that the response is complete, but is not JSON. After any other error without a response, we do not
    // know what Replicate has done.
    const kind = cause instanceof SyntaxError ? "unreadable" : "unclear";
    return new ReplicateError(kind, "Replicate's response could not be read.", { cause });
  }
  const status = Number(response.headers.get(UPSTREAM_STATUS));
  const problem = problemIn(cause instanceof Error ? cause.message : "");
  const message = (problem.detail ?? problem.title ?? `Replicate responded with status ${status}.`).slice(0, 2000);
  if (status === 429) {
    const seconds = Number(response.headers.get("retry-after")) || problem.retry_after;
    // A wait of more than an hour must be a mistake of Replicate, so it is shortened to an hour.
    const retryAfter = seconds && Math.min(3600, Math.max(1, seconds));
    return new ReplicateError("throttled", message, { cause, ...(retryAfter && { retryAfter }) });
  }
  if (status === 401 || status === 402 || status === 403) return new ReplicateError("unauthorized", message, { cause });
  if (status === 404) return new ReplicateError("not_found", message, { cause });
  // A 408 comes from a proxy. Replicate may have processed the request nevertheless, so a 408 is not a rejection.
  if (status >= 400 && status < 500 && status !== 408) {
    return new ReplicateError("rejected", message, { cause, invalidFields: problem.invalid_fields ?? [] });
  }
  return new ReplicateError("unclear", message, { cause });
}

function problemIn(message: string): z.infer<typeof Problem> {
  try {
    return Problem.parse(JSON.parse(message.slice(message.indexOf("{"), message.lastIndexOf("}") + 1)));
  } catch {
    return {};
  }
}

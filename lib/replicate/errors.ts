import { z } from "zod";
import type { InvalidField } from "@/lib/errors";
import { UPSTREAM_STATUS } from "./fetch-without-retry";

/**
 * Why a request to Replicate failed.
 * - `rejected`: the request is invalid; nothing was started.
 * - `throttled`: too many requests; nothing was started. Retry after `retryAfter` seconds.
 * - `unauthorized`: the token is invalid or the account has no credit; nothing was started.
 * - `not_found`: what the request asks for does not exist.
 * - `unclear`: no response, a 408 or a 5xx. A create request may have started a prediction.
 * - `unreadable`: a successful response that cannot be understood. A create request may have started a prediction.
 */
type ReplicateErrorKind = "rejected" | "throttled" | "unauthorized" | "not_found" | "unclear" | "unreadable";

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

/** The problem+json body of an error response. */
const Problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  retry_after: z.number().optional(),
  invalid_fields: z.array(z.object({ type: z.string(), field: z.string(), description: z.string() })).optional(),
});

/** Converts an error of the official client. That error has the response as a property, and the body in its message. */
export function toReplicateError(cause: unknown): ReplicateError {
  const response = cause instanceof Error && "response" in cause ? cause.response : null;
  if (!(response instanceof Response)) {
    // A SyntaxError means that the whole body has arrived, but is not JSON.
    const kind = cause instanceof SyntaxError ? "unreadable" : "unclear";
    return new ReplicateError(kind, "Replicate's response could not be read.", { cause });
  }
  const status = Number(response.headers.get(UPSTREAM_STATUS));
  const problem = problemIn(cause instanceof Error ? cause.message : "");
  const message = (problem.detail ?? problem.title ?? `Replicate responded with status ${status}.`).slice(0, 2000);
  if (status === 429) {
    const seconds = Number(response.headers.get("retry-after")) || problem.retry_after;
    // A wait of more than an hour must be a mistake of Replicate.
    const retryAfter = seconds && Math.min(3600, Math.max(1, seconds));
    return new ReplicateError("throttled", message, { cause, ...(retryAfter && { retryAfter }) });
  }
  if (status === 401 || status === 402 || status === 403) return new ReplicateError("unauthorized", message, { cause });
  if (status === 404) return new ReplicateError("not_found", message, { cause });
  // A 408 comes from a proxy, which does not know whether Replicate has processed the request.
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

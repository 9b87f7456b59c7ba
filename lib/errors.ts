const STATUS = {
  invalid_json: 400,
  invalid_body: 400,
  invalid_key: 400,
  invalid_query: 400,
  unauthenticated: 401,
  invalid_signature: 401,
  timestamp_out_of_range: 401,
  forbidden: 403,
  forbidden_origin: 403,
  sign_in_again: 403,
  missing_scope: 403,
  blocked: 403,
  sharing_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  payload_too_large: 413,
  unsupported_media_type: 415,
  invalid_input: 422,
  unknown_model: 422,
  model_not_allowed: 422,
  run_too_expensive: 422,
  idempotency_mismatch: 422,
  prediction_failed: 422,
  quota_exceeded: 429,
  budget_exceeded: 429,
  storage_limit: 429,
  in_flight_limit: 429,
  rate_limited: 429,
  internal: 500,
  provider_unavailable: 503,
  db_unavailable: 503,
  storage_full: 503,
  spend_cap: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** One invalid field, in the format of Replicate's API. `field` is a path such as `input.width`. */
export type InvalidField = { field: string; description: string; type: string };

type Details = ErrorOptions & { invalidFields?: InvalidField[]; retryAfter?: number };

/** An error whose message is safe to show to the user. Private details belong in `cause`, which is only logged. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly invalidFields: InvalidField[] | undefined;
  /** How long the client should wait before it tries again (s). */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, { invalidFields, retryAfter, ...options }: Details = {}) {
    super(message, options);
    this.code = code;
    this.status = STATUS[code];
    this.invalidFields = invalidFields;
    this.retryAfter = retryAfter;
  }

  /**
   * Makes `instanceof` recognize every copy of this class. Each of Next's bundles has its own copy, and an error may come from
   * another bundle (see lib/process-globals.ts).
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === "AppError";
  }
}

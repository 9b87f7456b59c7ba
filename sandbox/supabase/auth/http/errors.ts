/** An error of Supabase Auth: its HTTP status, its error code and its message. */
export class AuthError extends Error {
  override name = "AuthError";
  readonly status: number;
  readonly code: string;
  /** Additional members of the response body. */
  readonly details: Record<string, unknown>;
  /** True if the changes of the failed request stay in the database. */
  readonly keepsChanges: boolean;

  constructor(
    status: number,
    code: string,
    message: string,
    options: { details?: Record<string, unknown>; keepsChanges?: boolean } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = options.details ?? {};
    this.keepsChanges = options.keepsChanges ?? false;
  }
}

export const invalid = (message: string) => new AuthError(400, "validation_failed", message);

const VERSION_HEADER = "x-supabase-api-version";
const FIRST_VERSION = "2024-01-01";

/**
 * Returns the response for an error. If the client sends an API version of 2024 or later, the member `code` is the error code,
 * which is a text. For any other client, `code` is the HTTP status, and `error_code` is the error code. Source:
 * internal/api/errors.go in https://github.com/supabase/auth
 */
export function toErrorResponse(error: unknown, request: Request): Response {
  if (!(error instanceof AuthError)) console.error("Auth error:", error);
  const { status, code, message, details } =
    error instanceof AuthError
      ? error
      : new AuthError(500, "unexpected_failure", "Unexpected failure, please check server logs for more information");
  const version = request.headers.get(VERSION_HEADER) ?? "";
  const isNew = /^\d{4}-\d\d-\d\d$/.test(version) && version >= FIRST_VERSION;
  const body = isNew ? { code, message, ...details } : { code: status, error_code: code, msg: message, ...details };
  const headers = new Headers(isNew ? { [VERSION_HEADER]: FIRST_VERSION } : {});
  // As on the real server, a client with the newer API version gets no header `x-sb-error-code` for the error `weak_password`.
  if (!isNew || code !== "weak_password") headers.set("x-sb-error-code", code);
  return Response.json(body, { status, headers });
}

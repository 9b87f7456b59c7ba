/** An error of Supabase Auth: its HTTP status, its error code and its message. */
export class AuthError extends Error {
  override name = "AuthError";
  readonly status: number;
  readonly code: string;
  /** More members of the response. */
  readonly details: Record<string, unknown>;
  /** True if this error does not undo the changes that the failed request has made in the database. */
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
 * The response for an error. If the client sends an API version of 2024 or later, `code` is the error code, which is a text. For
 * any other client, `code` is the HTTP status, and the error code is in `error_code`. Source: internal/api/errors.go in
 * https://github.com/supabase/auth
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
  // As on the real server, a client with the newer API version does not get this header for the error `weak_password`.
  if (!isNew || code !== "weak_password") headers.set("x-sb-error-code", code);
  return Response.json(body, { status, headers });
}

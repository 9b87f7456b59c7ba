import "server-only";
import { unstable_rethrow } from "next/navigation";
import { AppError, type ErrorCode } from "@/lib/errors";
import { NO_SNIFFING } from "@/lib/http";
import { log } from "@/lib/log";
import { type Caller, requireCaller, type Scope } from "./caller";

// The routes of /api/v1 answer like Replicate's API, also when they fail.

/** Every website may call the API with a key in a header. Cookies are never used, so credentials are not allowed. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, prefer, cancel-after, idempotency-key, last-event-id",
  "access-control-allow-methods": "GET, HEAD, POST, PATCH, DELETE, QUERY",
  "access-control-expose-headers": "location, retry-after, idempotency-key",
  "access-control-max-age": "86400",
};
const PRIVATE = { "cache-control": "private, no-store", vary: "Authorization", ...NO_SNIFFING };

/** The titles of Replicate's errors, by our codes. Other errors have no title. */
const TITLES: Partial<Record<ErrorCode, string>> = {
  unauthenticated: "Unauthenticated",
  invalid_input: "Input validation failed",
  unknown_model: "Invalid version or not permitted",
  model_not_allowed: "Invalid version or not permitted",
  quota_exceeded: "Insufficient credit",
  budget_exceeded: "Insufficient credit",
};
/** Replicate sends 402 when an account has used up its money. We also send it when storage is used up. Its official client repeats a 429, but not a 402. */
const USED_UP = 402;

/**
 * Wraps a route handler of `/api/v1`: finds the caller, who needs `scope`, and answers errors in the format of Replicate's API. An
 * unexpected error becomes a 500 and is logged, and its details are not sent.
 */
export function apiRoute<Context = unknown>(
  scope: Scope,
  handle: (request: Request, caller: Caller, context: Context) => Promise<Response>,
) {
  return publicRoute<Context>(async (request, context) =>
    handle(request, await requireCaller(request, scope), context),
  );
}

/** Like `apiRoute`, for a URL that needs no key, because it is signed. */
export function publicRoute<Context = unknown>(handle: (request: Request, context: Context) => Promise<Response>) {
  return async (request: Request, context: Context): Promise<Response> => {
    const response = await handle(request, context).catch((error: unknown) => {
      unstable_rethrow(error);
      return failure(request, error);
    });
    for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value);
    return response;
  };
}

/** Returns a JSON response of `/api/v1` that no cache may store. */
export function apiJson(body: unknown, init: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(body, { status: init.status ?? 200, headers: { ...PRIVATE, ...init.headers } });
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Returns handlers that answer the preflight requests of browsers, and reject all methods but `allowed`. */
export function otherMethods(...allowed: Method[]) {
  const allow = [...allowed, "OPTIONS"].toSorted().join(", ");
  const reject = publicRoute(async (request) => {
    const message = `${request.method} is not allowed here. Allowed: ${allow}.`;
    const response = failure(request, new AppError("method_not_allowed", message));
    response.headers.set("allow", allow);
    return response;
  });
  const OPTIONS = publicRoute(async () => new Response(null, { status: 204, headers: { allow } }));
  return { OPTIONS, GET: reject, POST: reject, PUT: reject, PATCH: reject, DELETE: reject };
}

/** Returns the response for an error, in the format of Replicate's API. */
function failure(request: Request, thrown: unknown): Response {
  const error =
    thrown instanceof AppError
      ? thrown
      : new AppError("internal", "Something went wrong on the server and was logged. Try again.", { cause: thrown });
  const { code, invalidFields, retryAfter } = error;
  if (error.status >= 500) {
    const { pathname: path } = new URL(request.url);
    log.error(code, { method: request.method, path, cause: error.cause });
  }
  const status = ["quota_exceeded", "budget_exceeded", "storage_limit"].includes(code) ? USED_UP : error.status;
  const body = {
    detail: detailOf(error),
    status,
    title: TITLES[code],
    invalid_fields: invalidFields,
    retry_after: status === USED_UP ? undefined : retryAfter,
  };
  return apiJson(body, {
    status,
    headers: body.retry_after === undefined ? {} : { "retry-after": String(body.retry_after) },
  });
}

/** Returns the text of an error. Replicate lists invalid fields in it, one in a line. */
function detailOf({ code, message, invalidFields = [] }: AppError): string {
  if (code === "not_found") return "The requested resource could not be found.";
  if (code !== "invalid_input" || invalidFields.length === 0) return message;
  return invalidFields.map(({ field, description }) => `- ${field && `${field}: `}${description}\n`).join("");
}

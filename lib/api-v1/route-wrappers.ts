import "server-only";
import { unstable_rethrow } from "next/navigation";
import { AppError } from "@/lib/errors";
import { NO_SNIFFING } from "@/lib/http";
import { log } from "@/lib/log";
import type { Scope } from "@/lib/keys/schema";
import { type Caller, requireCaller } from "./caller";
import { toReplicateError } from "./errors";

// All responses of /api/v1, even error responses, have the format of Replicate's API.

/**
 * The headers that allow every website to call the API, with a key in the header `Authorization`. Cookies are never used, so
 * there is no `access-control-allow-credentials`.
 */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers":
    "authorization, content-type, prefer, cancel-after, idempotency-key, last-event-id, range",
  "access-control-allow-methods": "GET, HEAD, POST, PATCH, DELETE, QUERY",
  "access-control-expose-headers": "location, retry-after, content-length, content-range, accept-ranges, etag",
  "access-control-max-age": "86400",
};
const PRIVATE = { "cache-control": "private, no-store", vary: "Authorization", ...NO_SNIFFING };

/**
 * Wraps a route handler of `/api/v1`: checks the caller, whose key must have `scope`, and sends each error in the format of
 * Replicate's API. An unexpected error becomes a 500. It is logged, and its details are not sent.
 */
export function apiRoute<Context = unknown>(
  scope: Scope,
  handle: (request: Request, caller: Caller, context: Context) => Promise<Response>,
) {
  return publicRoute<Context>(async (request, context) =>
    handle(request, await requireCaller(request, scope), context),
  );
}

/** Wraps a route handler like `apiRoute`, but asks for no API key. Use this for signed URLs. */
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

/** Returns a text response of `/api/v1` that no cache may store. */
export function apiText(text: string): Response {
  return new Response(text, { headers: { ...PRIVATE, "content-type": "text/plain; charset=utf-8" } });
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * Returns handlers for the methods that a route does not have: `OPTIONS` responds to the preflight requests of browsers, and all
 * others reject the request. `allowed`: the methods that the route has, for the header `Allow`. A route must not export the
 * returned handlers of these methods.
 */
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
  if (error.status >= 500) {
    // The query of the URL is not logged, because it may contain a signature.
    const { pathname: path } = new URL(request.url);
    log.error(error.code, { method: request.method, path, cause: error.cause });
  }
  const body = toReplicateError(error);
  const { status, retry_after: wait } = body;
  return apiJson(body, { status, ...(wait !== undefined && { headers: { "retry-after": String(wait) } }) });
}

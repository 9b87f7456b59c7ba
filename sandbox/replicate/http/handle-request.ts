import type { Sandbox } from "../sandbox.ts";
import { notFound, HttpError, serverError, throttled, unauthenticated } from "./responses.ts";
import { routes, type Route } from "./routes.ts";

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Returns an error if the token is missing or wrong, or else null. The current scheme is `Bearer`, but Replicate's own examples
 * also use `Token`.
 */
function checkToken(request: Request, token: string): Response | null {
  const given = /^(?:bearer|token) +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return given === token ? null : unauthenticated(given !== undefined);
}

async function callRoute(
  sandbox: Sandbox,
  request: Request,
  url: URL,
  route: Route | undefined,
  logEntry: ReturnType<Sandbox["ledger"]["addRequest"]>,
) {
  if (!route || route.needsToken) {
    const denied = checkToken(request, sandbox.token);
    if (denied) return denied;
  }
  const groups = route?.path.exec(url.pathname)?.groups ?? {};
  if (!route) return notFound();
  const seconds = url.pathname.startsWith("/v1/") && route.needsToken ? sandbox.limits.admit("request") : 0;
  if (seconds > 0) return throttled(seconds);
  return route.handler({ sandbox, request, url, logEntry, param: (name) => decode(groups[name] ?? "") });
}

/**
 * Handles one request. The caller is the server or, in some tests, the package msw. If this function returns `Response.error()`,
 * the caller must close the connection without a response. If the stream of the response's body fails, the caller must close the
 * connection in the middle of the body.
 */
export async function handleRequest(sandbox: Sandbox, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const route = routes.find((item) => item.method === request.method && item.path.test(url.pathname));
  const logEntry = sandbox.ledger.addRequest(request.method, url.pathname + url.search);
  logEntry.route = route?.name ?? "";
  let response: Response;
  try {
    response = await callRoute(sandbox, request, url, route, logEntry);
  } catch (error) {
    if (!(error instanceof HttpError)) console.error(error);
    response = error instanceof HttpError ? error.response : serverError(500);
  }
  if (response.type !== "error" && route?.needsToken && url.pathname.startsWith("/v1/")) {
    const kind = route.name.startsWith("POST") && route.name.endsWith("/predictions") ? "create" : "request";
    response.headers.set("ratelimit-remaining", String(response.status === 429 ? 0 : sandbox.limits.remaining(kind)));
    response.headers.set("ratelimit-reset", response.headers.get("retry-after") ?? "1");
  }
  logEntry.outcome = response.type === "error" ? "dropped" : String(response.status);
  return response;
}

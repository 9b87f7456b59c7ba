import { notFound, HttpError, serverError, unauthenticated } from "./responses.ts";
import { routes, type Route } from "./routes.ts";
import type { Sandbox } from "../sandbox.ts";

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `Bearer` is the form of today; `Token` still stands in Replicate's own examples. */
function checkToken(request: Request, token: string): Response | null {
  const given = /^(?:bearer|token) +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return given === token ? null : unauthenticated(given !== undefined);
}

async function answer(
  sandbox: Sandbox,
  request: Request,
  url: URL,
  route: Route | undefined,
  asked: ReturnType<Sandbox["ledger"]["ask"]>,
) {
  if (!route || route.needsToken) {
    const refusal = checkToken(request, sandbox.token);
    if (refusal) return refusal;
  }
  const groups = route?.path.exec(url.pathname)?.groups ?? {};
  if (!route) return notFound();
  return route.handler({ sandbox, request, url, asked, param: (name) => decode(groups[name] ?? "") });
}

/**
 * Answers one request. `Response.error()` says that the connection is dropped without an answer, and a body that
 * errors that it breaks in the middle; both mean the same to a server and to msw.
 */
export async function handle(sandbox: Sandbox, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const route = routes.find((item) => item.method === request.method && item.path.test(url.pathname));
  const asked = sandbox.ledger.ask(request.method, url.pathname + url.search);
  asked.route = route?.name ?? "";
  let response: Response;
  try {
    response = await answer(sandbox, request, url, route, asked);
  } catch (error) {
    if (!(error instanceof HttpError)) console.error(error);
    response = error instanceof HttpError ? error.response : serverError(500);
  }
  asked.outcome = response.type === "error" ? "dropped" : String(response.status);
  return response;
}

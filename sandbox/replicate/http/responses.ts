import { STATUS_CODES } from "node:http";
import type { InvalidField } from "./validate.ts";

/** The error that a route throws to respond with `response`. */
export class HttpError extends Error {
  override name = "HttpError";
  readonly response: Response;
  constructor(response: Response) {
    super(`Status ${response.status}`);
    this.response = response;
  }
}

export function text(status: number, body: string, type: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    // Replicate's client quotes the status text in its error messages.
    statusText: STATUS_CODES[status] ?? "",
    headers: { "content-type": type, "content-length": String(Buffer.byteLength(body)), ...headers },
  });
}

export function json(status: number, body: unknown, headers?: Record<string, string>): Response {
  return text(status, JSON.stringify(body), "application/json", headers);
}

/**
 * Returns an error of the type `application/problem+json`. As at Replicate, the body ends with a newline, and some errors have no
 * title.
 */
export function problem(status: number, title: string | undefined, detail: string): Response {
  return text(status, JSON.stringify({ title, detail, status }) + "\n", "application/problem+json");
}

export function unauthenticated(given: boolean): Response {
  const detail = given ? "You did not pass a valid authentication token" : "You did not pass an authentication token";
  return problem(401, "Unauthenticated", detail);
}

function insufficientCredit(): Response {
  return problem(
    402,
    "Insufficient credit",
    "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase credit. Once you purchase credit, please wait a few minutes before trying again.",
  );
}

export function badRequest(detail: string): Response {
  return json(400, { title: "Bad request", detail, status: 400 });
}

export function notFound(): Response {
  return json(404, { detail: "The requested resource could not be found.", status: 404 });
}

export function invalidVersion(): Response {
  return json(422, {
    title: "Invalid version or not permitted",
    detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
    status: 422,
  });
}

export function invalidInput(fields: InvalidField[]): Response {
  const detail = fields.map(({ field, description }) => `- ${field && `${field}: `}${description}\n`).join("");
  return json(422, { detail, status: 422, title: "Input validation failed", invalid_fields: fields });
}

/** Returns a 429. `seconds` is the number of whole seconds until the next request is allowed. */
export function throttled(seconds: number): Response {
  const body = {
    detail: `Request was throttled. Your rate limit resets in ~${seconds}s.`,
    status: 429,
    retry_after: seconds,
  };
  return text(429, JSON.stringify(body) + "\n", "application/json", { "retry-after": String(seconds) });
}

/**
 * Returns an error of the server. As at Replicate, a 500 comes from the API, as JSON. A 502, 503 or 504 comes from the network in
 * front of the API, as an HTML page.
 */
export function serverError(status: number): Response {
  if (status === 500) return json(500, { detail: "Internal server error", status });
  const reason = `${status} ${STATUS_CODES[status] ?? ""}`;
  const page = `<html>\n<head><title>${reason}</title></head>\n<body><center><h1>${reason}</h1></center></body>\n</html>\n`;
  return text(status, page, "text/html");
}

/** Returns the error with the `status` of a fault rule. `retryAfter` (s) is used only for 429. */
export function errorWithStatus(status: number, retryAfter = 3): Response {
  switch (status) {
    case 401:
      return unauthenticated(true);
    case 402:
      return insufficientCredit();
    case 404:
      return notFound();
    case 422:
      return invalidInput([{ type: "required", field: "input", description: "prompt is required" }]);
    case 429:
      return throttled(retryAfter);
    default:
      return serverError(status);
  }
}

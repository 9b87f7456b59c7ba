import type { AuthError } from "./errors.ts";

const NAMES: Record<number, string> = {
  400: "invalid_request",
  401: "unauthorized_client",
  403: "access_denied",
  500: "server_error",
  503: "temporarily_unavailable",
};

export function redirect(location: string, status: 302 | 303): Response {
  return new Response(null, { status, headers: { location } });
}

/**
 * Adds the parameters to the query of the URL, or replaces its fragment by the parameters, or does both. In the fragment, the
 * parameter `sb` tells the client that the redirect is from Supabase.
 */
export function withParams(target: string, params: Record<string, string>, place: "query" | "fragment" | "both") {
  const url = new URL(target);
  if (place !== "fragment") for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  if (place !== "query") url.hash = new URLSearchParams({ ...params, sb: "" }).toString();
  return url.href;
}

/** Returns the parameters with which a redirect reports an error. */
export function errorParams({ status, code, message }: AuthError): Record<string, string> {
  const name = NAMES[status];
  return { ...(name && { error: name }), error_code: code, error_description: message };
}

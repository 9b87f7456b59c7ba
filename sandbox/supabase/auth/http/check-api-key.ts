import { timingSafeEqual } from "node:crypto";

export type Keys = { publishableKey: string; secretKey: string };

/** Paths that need no key, because a browser opens them through a link or a redirect. */
const OPEN = /^\/(callback|authorize|verify)$/;

export function isSameKey(given: string | null, key: string): boolean {
  const [left, right] = [Buffer.from(given ?? ""), Buffer.from(key)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(body: object, code: string): Response {
  const headers = { "access-control-allow-origin": "*", "sb-error-code": code };
  return Response.json(body, { status: 401, headers });
}

/**
 * Returns the role of the API key. For a request without a valid key, returns the role `anon` if the path is open, or else the
 * error that the gateway of a hosted project sends.
 */
export function checkKey(request: Request, path: string, keys: Keys): "anon" | "service_role" | Response {
  const key = request.headers.get("apikey") ?? new URL(request.url).searchParams.get("apikey");
  if (!key) {
    if (OPEN.test(path)) return "anon";
    const hint = "No `apikey` request header or url param was found.";
    return refuse({ message: "No API key found in request", hint }, "UNAUTHORIZED_MISSING_API_KEY");
  }
  if (isSameKey(key, keys.secretKey)) {
    // A secret key that is used in a browser is no longer secret. So the gateway refuses the key.
    const isBrowser = request.headers.get("user-agent")?.startsWith("Mozilla/5.0");
    const message = "Forbidden use of secret API key in browser";
    return isBrowser ? refuse({ message }, "UNAUTHORIZED_INVALID_API_KEY_TYPE") : "service_role";
  }
  if (isSameKey(key, keys.publishableKey) || OPEN.test(path)) return "anon";
  return refuse(
    { message: "Invalid API key", hint: "Double check your Supabase `apikey`" },
    "UNAUTHORIZED_INVALID_API_KEY",
  );
}

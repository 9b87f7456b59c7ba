import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { createFaultCounts, times } from "../../../fault-counts.ts";
import { AuthError } from "./errors.ts";

/**
 * Error codes with the status and the message of the real server. A rule with one of these codes needs no `status` and no
 * `message`.
 */
const KNOWN: Record<string, [number, string]> = {
  over_request_rate_limit: [429, "Request rate limit reached"],
  over_email_send_rate_limit: [429, "email rate limit exceeded"],
  signup_disabled: [422, "Signups not allowed for this instance"],
  email_provider_disabled: [422, "Email logins are disabled"],
  email_address_not_authorized: [400, "Email address cannot be used as it is not authorized"],
  email_address_invalid: [400, "Email address is invalid"],
  captcha_failed: [400, "captcha protection: request disallowed (timeout-or-duplicate)"],
  user_banned: [403, "User is banned"],
  session_not_found: [403, "Session from session_id claim in JWT does not exist"],
  otp_expired: [403, "Token has expired or is invalid"],
  conflict: [409, "Too many concurrent token refresh requests on the same session or refresh token"],
  request_timeout: [504, "Processing this request timed out, please retry after a moment."],
  unexpected_failure: [500, "Unexpected failure, please check server logs for more information"],
};

const Rule = z.strictObject({
  /** The path below /auth/v1, with its query, must begin with this text: for example, `/token?grant_type=refresh_token`. */
  path: z.string().default("/"),
  method: z.string().optional(),
  /** The rule applies only to requests whose body contains this text. */
  match: z.string().optional(),
  /** The delay before the response (ms). */
  delay: z.number().min(0).default(0),
  code: z.string().optional(),
  status: z.int().min(400).max(599).optional(),
  message: z.string().optional(),
  /** The response is an HTML page, as from a firewall in front of the server. */
  html: z.boolean().default(false),
  ...times,
});
export const AuthRules = z.union([
  z.strictObject({}).transform(() => []),
  z.array(Rule),
  Rule.transform((rule) => [rule]),
]);
type AuthRule = z.infer<typeof Rule>;

export type AuthFaults = ReturnType<typeof createAuthFaults>;

/** Makes requests to Supabase Auth fail on purpose. For each request, the first rule that fits applies. */
export function createAuthFaults() {
  let rules: AuthRule[] = [];
  const counts = createFaultCounts();

  return {
    set(next: AuthRule[]) {
      rules = next;
      counts.clear();
    },
    /**
     * Applies the first rule that fits the request: waits, throws an `AuthError`, or returns a response. Returns null if no rule
     * applies, or if the rule only waits.
     */
    async apply(request: Request, path: string, body: string): Promise<Response | null> {
      const rule = rules.find((candidate) => fits(candidate, request.method, path, body));
      if (!rule || !counts.isDue(String(rules.indexOf(rule)), rule)) return null;
      await wait(rule.delay);
      const { code = "", status, message, html } = rule;
      const [knownStatus, knownMessage] = KNOWN[code] ?? [500, "Fault"];
      if (html) {
        const headers = { "content-type": "text/html" };
        return new Response("<h1>Error</h1>", { status: status ?? 503, headers });
      }
      if (!code && !status) return null;
      throw new AuthError(status ?? knownStatus, code || "unexpected_failure", message ?? knownMessage);
    },
  };
}

function fits({ path, method, match }: AuthRule, requested: string, target: string, body: string): boolean {
  return target.startsWith(path) && (!method || method === requested) && (!match || body.includes(match));
}

import { z } from "zod";
import type { AuthRequest } from "./auth-request.ts";
import { AuthError } from "./errors.ts";

const Body = z.object({
  gotrue_meta_security: z.object({ captcha_token: z.string().default("") }).default({ captcha_token: "" }),
});

/**
 * Throws if the project requires a CAPTCHA and the request has no token of a solved CAPTCHA. Requests with the secret key need no
 * CAPTCHA. Of the requests to /token, only a sign-in with a password needs one.
 */
export function requireCaptcha({ body, settings, keyRole, url }: AuthRequest): void {
  const grant = url.searchParams.get("grant_type");
  if (!settings.captchaToken || keyRole === "service_role" || (grant && grant !== "password")) return;
  const token = Body.safeParse(body ?? {}).data?.gotrue_meta_security.captcha_token.trim();
  if (token === settings.captchaToken) return;
  const reason = token ? "invalid-input-response" : "no captcha_token found";
  throw new AuthError(400, "captcha_failed", `captcha protection: request disallowed (${reason})`);
}

import type { AuthError } from "@supabase/supabase-js";

const tooMany = "Too many attempts. Wait a minute, then try again";
const incomplete = "This is not a complete e-mail address";
const closed = "New accounts cannot be created here";

// Error codes from Supabase Auth's documentation.
const messages = new Map<string | undefined, string>([
  ["invalid_credentials", "E-mail or password is wrong"],
  ["email_not_confirmed", "Confirm your e-mail first: the link is in your inbox"],
  ["weak_password", "Choose a longer password, one that is hard to guess"],
  ["email_address_invalid", incomplete],
  ["validation_failed", incomplete],
  ["signup_disabled", closed],
  ["email_provider_disabled", closed],
  ["over_request_rate_limit", tooMany],
  ["over_email_send_rate_limit", tooMany],
]);

/** Returns the login page's message for an error of Supabase Auth. It never reveals whether an account exists. */
export function authErrorMessage(error: Pick<AuthError, "code" | "status">): string {
  const fallback = error.status === 429 ? tooMany : "Sign-in is unavailable. Try again in a moment";
  return messages.get(error.code) ?? fallback;
}

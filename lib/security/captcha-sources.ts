// The browser loads this file too.

/** The pages that ask the user to prove that they are not a robot. */
export const captchaPages: ReadonlySet<string> = new Set(["/login", "/login/again"]);

const cloudflare = ["https://challenges.cloudflare.com"];
const hcaptcha = ["https://hcaptcha.com", "https://*.hcaptcha.com"];

/**
 * What the content security policy must allow for each provider.
 * Sources: https://developers.cloudflare.com/turnstile/reference/content-security-policy and
 * https://docs.hcaptcha.com/#content-security-policy-settings
 */
export const captchaSources = {
  turnstile: { "script-src": cloudflare, "frame-src": cloudflare },
  hcaptcha: { "script-src": hcaptcha, "frame-src": hcaptcha, "style-src": hcaptcha, "connect-src": hcaptcha },
};

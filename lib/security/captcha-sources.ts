// The browser loads this file too, so it contains no secrets and imports nothing.

/** The pages with a check that the user is not a robot (a captcha). */
export const captchaPages: ReadonlySet<string> = new Set(["/login", "/login/again"]);

const cloudflare = ["https://challenges.cloudflare.com"];
const hcaptcha = ["https://hcaptcha.com", "https://*.hcaptcha.com"];

/**
 * What the content security policy must allow for each provider of captchas.
 * Sources: https://developers.cloudflare.com/turnstile/reference/content-security-policy and
 * https://docs.hcaptcha.com/#content-security-policy-settings
 */
export const captchaSources = {
  turnstile: { "script-src": cloudflare, "frame-src": cloudflare },
  hcaptcha: { "script-src": hcaptcha, "frame-src": hcaptcha, "style-src": hcaptcha, "connect-src": hcaptcha },
};

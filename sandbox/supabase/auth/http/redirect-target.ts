import { isIP } from "node:net";
import type { AuthRequest } from "./auth-request.ts";

const isLoopback = (host: string) => /^(127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);

/**
 * Returns the URL to which the browser is redirected after a link in an e-mail or a sign-in with a provider: the URL in
 * `redirect_to` or in the Referer header if it is allowed, or else the URL of the site.
 */
export function redirectTarget({ request, url, siteUrl, settings }: AuthRequest): string {
  const candidates = [url.searchParams.get("redirect_to"), request.headers.get("referer")];
  const allowed = candidates.find((candidate) => candidate && isAllowed(candidate, siteUrl, settings.redirectUrls));
  return allowed || siteUrl;
}

/**
 * Whether a redirect may lead to `target`. It may lead to the site, to a loopback address, and to URLs that match a pattern.
 * Source: IsRedirectURLValid in supabase/auth.
 */
export function isAllowed(target: string, siteUrl: string, patterns: string[]): boolean {
  if (!URL.canParse(target)) return false;
  const [site, url] = [new URL(siteUrl), new URL(target)];
  const hasSamePort = site.port === url.port || url.hostname === "localhost" || isLoopback(url.hostname);
  if (site.hostname === url.hostname && site.protocol === url.protocol && hasSamePort) return true;
  if (isIP(url.hostname.replace(/^\[|\]$/g, ""))) return isLoopback(url.hostname);
  const [withoutFragment = ""] = target.split("#");
  return patterns.some((pattern) => toPattern(pattern).test(withoutFragment));
}

/**
 * Converts a pattern to a regular expression. In a pattern, `**` stands for any text, `*` for a text without dots and slashes,
 * and `?` for one character that is not a dot or a slash.
 */
function toPattern(pattern: string): RegExp {
  const parts = pattern.split(/(\*\*|\*|\?)/).map((part) => {
    if (part === "**") return ".*";
    if (part === "*") return "[^./]*";
    return part === "?" ? "[^./]" : part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`);
}

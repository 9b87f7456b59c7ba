/**
 * Whether the URL, exactly as it is written, starts with an allowed origin. The IP address of the host is not checked, because
 * only the owner of an allowed domain can change its addresses. In `allowedOrigins`, a `*` stands for any subdomain, as in
 * `https://*.replicate.delivery`.
 */
export function isAllowedUrl(url: string, allowedOrigins: readonly string[]): boolean {
  const target = URL.parse(url);
  // Rejects a URL that the parser would change, for example because it contains capitals, tabs, backslashes, `user@`, `:443` or a
  // number as host. Replicate sends no such URLs.
  if (!target || !url.startsWith(`${target.origin}/`)) return false;
  return allowedOrigins.some((origin) => {
    const allowed = URL.parse(origin);
    if (!allowed || allowed.protocol !== target.protocol || allowed.port !== target.port) return false;
    if (!allowed.hostname.startsWith("*.")) return allowed.hostname === target.hostname;
    const suffix = allowed.hostname.slice(1);
    return target.hostname.endsWith(suffix) && target.hostname.length > suffix.length;
  });
}

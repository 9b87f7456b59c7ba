type Page = {
  /** Random for each request. The scripts of the page carry it. */
  nonce: string;
  /** CSP sources of images that are not saved yet. */
  deliveryOrigins: string[];
  isDevelopment: boolean;
  isHttps: boolean;
  /** The address of a shared page is a secret: other sites and search engines must not learn it. */
  isShared: boolean;
};

/** The value of Content-Security-Policy for a page. */
export function contentSecurityPolicy({ nonce, deliveryOrigins, isDevelopment }: Page): string {
  const directives = {
    "default-src": ["'self'"],
    // React rebuilds server stacks with eval in development only.
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    // React writes style attributes, which cannot carry a nonce.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:", ...deliveryOrigins],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(isDevelopment ? ["ws:"] : [])],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
  };
  const parts = Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`);
  return parts.join("; ");
}

/** The headers of a page. Pages differ by user, so no cache may store them. */
export function securityHeaders(page: Page): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(page),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": page.isShared ? "no-referrer" : "strict-origin-when-cross-origin",
    ...(page.isShared ? { "X-Robots-Tag": "noindex" } : {}),
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    ...(page.isHttps ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

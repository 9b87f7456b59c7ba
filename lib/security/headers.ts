import { captchaSources } from "@/lib/security/captcha-sources";

type Page = {
  /**
   * A random value, new for each request. Our own scripts have this value as an attribute. The browser runs only scripts with
   * this value, and the scripts that they load.
   */
  nonce: string;
  /** The CSP sources of Replicate's files. Pages show files from there until the files are saved. */
  deliveryOrigins: string[];
  /**
   * The origin of our storage, to which the Generate page sends large uploads. Other pages allow this origin too, because their
   * policy stays in force when a link opens Generate without a reload. Null for a shared page, whose links always load a new
   * page.
   */
  storageOrigin: string | null;
  /** The provider of the check for robots, if the page has such a check. Otherwise null. */
  captcha: keyof typeof captchaSources | null;
  isDevelopment: boolean;
  isHttps: boolean;
  /** Whether this is a shared page. Its URL is secret: other sites and search engines must not learn it. */
  isShared: boolean;
};

/** Returns the Content-Security-Policy of a page. */
export function contentSecurityPolicy(page: Page): string {
  const { nonce, deliveryOrigins, storageOrigin, captcha, isDevelopment, isShared } = page;
  // A shared page shows only our own copy of its file.
  const mediaSources = isShared ? [] : ["data:", "blob:", ...deliveryOrigins];
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    // In development, React uses eval to show the call stacks of the server.
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    // React writes style attributes. They cannot carry a nonce, so inline styles are allowed.
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", ...mediaSources],
    "media-src": ["'self'", ...mediaSources],
    "font-src": ["'self'"],
    "connect-src": ["'self'", ...(storageOrigin ? [storageOrigin] : []), ...(isDevelopment ? ["ws:"] : [])],
    "frame-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
  };
  const more: Record<string, string[]> = captcha ? captchaSources[captcha] : {};
  const parts = Object.entries(directives).map(([name, sources]) =>
    [name, ...sources, ...(more[name] ?? [])].join(" "),
  );
  return parts.join("; ");
}

/** Returns the headers of a page. Pages differ by user, so no cache may store them. */
export function securityHeaders(page: Page): Record<string, string> {
  return {
    "Content-Security-Policy": contentSecurityPolicy(page),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": page.isShared ? "no-referrer" : "strict-origin-when-cross-origin",
    ...(page.isShared ? { "X-Robots-Tag": "noindex" } : {}),
    "Permissions-Policy": permissionsPolicy(page),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    ...(page.isHttps ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

/**
 * Returns the permissions of a page. A page with a `storageOrigin` may use the camera and the microphone, for uploads. Frames
 * inside the page may not.
 */
function permissionsPolicy({ storageOrigin }: Page): string {
  const own = storageOrigin ? "(self)" : "()";
  return `camera=${own}, microphone=${own}, geolocation=(), payment=(), usb=(), browsing-topics=()`;
}

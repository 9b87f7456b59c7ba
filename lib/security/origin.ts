/**
 * Whether the browser uses https. A proxy reports this in the header `X-Forwarded-Proto`. Without a proxy, Next sets the header.
 */
export function isHttps(headers: Headers): boolean {
  return firstValue(headers, "x-forwarded-proto") === "https";
}

/** Returns the origin of the request's URL, such as `https://darkroom.example`. Null if the request names no host. */
export function originOf(headers: Headers): string | null {
  const host = firstValue(headers, "x-forwarded-host") ?? headers.get("host");
  const origin = `${isHttps(headers) ? "https" : "http"}://${host}`;
  return host && URL.parse(origin)?.origin === origin ? origin : null;
}

/**
 * Returns who sent a request: our own page (`own`), another site (`foreign`), or `unknown` if the headers do not say. Browsers
 * send `Origin` or `Sec-Fetch-Site` with every POST and DELETE, and no page can forge these headers. Other clients send neither
 * of them.
 */
export function senderOf(headers: Headers): "own" | "foreign" | "unknown" {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin" && site !== "none") return "foreign";
  // Compares only the host, not the scheme: behind a proxy that terminates https, the scheme may be wrong.
  const ownHost = URL.parse(originOf(headers) ?? "")?.host ?? null;
  if (origin !== null && URL.parse(origin)?.host !== ownHost) return "foreign";
  if (site === "none") return "unknown";
  return site === "same-origin" || origin !== null ? "own" : "unknown";
}

/**
 * Whether the user has followed a link on one of our own pages. Browsers send `Sec-Fetch-Site` over https and on localhost.
 * Without this header, `Referer` decides.
 */
export function isOwnNavigation(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" && headers.get("sec-fetch-mode") === "navigate";
  const ownHost = URL.parse(originOf(headers) ?? "")?.host;
  return ownHost !== undefined && URL.parse(headers.get("referer") ?? "")?.host === ownHost;
}

/** Returns the first value of a header, which describes the browser's request. Proxies append further values. */
function firstValue(headers: Headers, name: string): string | undefined {
  return headers.get(name)?.split(",")[0]?.trim();
}

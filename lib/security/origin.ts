/** Whether the browser uses https, with this server or with a proxy in front. Next sets the header where no proxy did. */
export function isHttps(headers: Headers): boolean {
  return firstValue(headers, "x-forwarded-proto") === "https";
}

/** The origin that the request was sent to, such as `https://darkroom.example`. Null when the request names no host. */
export function originOf(headers: Headers): string | null {
  const host = firstValue(headers, "x-forwarded-host") ?? headers.get("host");
  const origin = `${isHttps(headers) ? "https" : "http"}://${host}`;
  return host && URL.parse(origin)?.origin === origin ? origin : null;
}

/**
 * Which page sent a request: one of our own, another site's, or unknown when the headers do not say. Browsers send
 * `Origin` or `Sec-Fetch-Site` with every POST and DELETE, and no page can forge them. Other clients send neither.
 */
export function senderOf(headers: Headers): "own" | "foreign" | "unknown" {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  if (site !== null && site !== "same-origin" && site !== "none") return "foreign";
  // Only the host is compared: a proxy that ends https may not say that the browser uses it.
  const ownHost = URL.parse(originOf(headers) ?? "")?.host ?? null;
  if (origin !== null && URL.parse(origin)?.host !== ownHost) return "foreign";
  if (site === "none") return "unknown";
  return site === "same-origin" || origin !== null ? "own" : "unknown";
}

/** Each proxy may have added its own value to the list: the first one is the browser's. */
function firstValue(headers: Headers, name: string): string | undefined {
  return headers.get(name)?.split(",")[0]?.trim();
}

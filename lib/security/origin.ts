/** Whether the browser speaks https with us, or with whoever passes its requests on. Next sets the header itself where nobody did. */
export function isHttps(headers: Headers): boolean {
  return first(headers, "x-forwarded-proto") === "https";
}

/** The address by which this request reached us, such as `https://darkroom.example`; null when it names none. */
export function originOf(headers: Headers): string | null {
  const host = first(headers, "x-forwarded-host") ?? headers.get("host");
  const origin = `${isHttps(headers) ? "https" : "http"}://${host}`;
  return host && URL.parse(origin)?.origin === origin ? origin : null;
}

/** Whether the browser says that a page of another site sends this. A request that says nothing of its sender is none. */
export function isCrossSite(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site") ?? "none";
  if (site !== "same-origin" && site !== "none") return true;
  const sender = headers.get("origin");
  // By host alone: whoever speaks https for us may not say so.
  return sender !== null && URL.parse(sender)?.host !== (URL.parse(originOf(headers) ?? "")?.host ?? null);
}

/** Each proxy on the way may have added its own to the list. */
function first(headers: Headers, name: string): string | undefined {
  return headers.get(name)?.split(",")[0]?.trim();
}

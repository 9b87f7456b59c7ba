import type { RouteContext } from "../sandbox.ts";
import { json } from "./responses.ts";

const PAGE = 100;

function encode(position: string, back: boolean): string {
  return Buffer.from(`${back ? "r=1&" : ""}p=${encodeURIComponent(position)}`).toString("base64");
}

/**
 * Responds with a page of 100 items. A cursor does not contain the number of a page, but the unique `position` of an item and a
 * direction. So new items do not shift the pages. `next` and `previous` are absolute URLs, because the package `replicate`
 * resolves relative URLs wrongly.
 */
export function paginate<T>(
  context: RouteContext,
  items: T[],
  position: (item: T) => string,
  serialize: (item: T) => unknown,
): Response {
  const { url, sandbox } = context;
  const cursor = new URLSearchParams(Buffer.from(url.searchParams.get("cursor") ?? "", "base64").toString());
  const at = cursor.get("p");
  const found = at === null ? -1 : items.findIndex((item) => position(item) === at);
  if (at !== null && found < 0) return json(404, { detail: "Invalid cursor", status: 404 });
  const start = cursor.has("r") ? Math.max(0, found - PAGE) : found + 1;
  const end = cursor.has("r") ? found : start + PAGE;
  const results = items.slice(start, end);

  function link(item: T | undefined, back: boolean): string | null {
    if (item === undefined) return null;
    const target = new URL(url.pathname + url.search, sandbox.origin);
    target.searchParams.set("cursor", encode(position(item), back));
    return target.href;
  }
  return json(200, {
    next: link(end < items.length ? results.at(-1) : undefined, false),
    previous: link(start > 0 ? results[0] : undefined, true),
    results: results.map(serialize),
  });
}

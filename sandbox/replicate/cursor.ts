import { json } from "./errors.ts";
import type { Call } from "./sandbox.ts";

const PAGE = 100;

function encode(position: string, back: boolean): string {
  return Buffer.from(`${back ? "r=1&" : ""}p=${encodeURIComponent(position)}`).toString("base64");
}

/**
 * A page of items that come newest first, cut at the `position` (a moment) of the item before it. `next` and
 * `previous` are absolute: the client resolves anything else against its base URL and goes astray.
 */
export function page<T>(call: Call, items: T[], position: (item: T) => string, show: (item: T) => unknown): Response {
  const { url, sandbox } = call;
  const cursor = new URLSearchParams(Buffer.from(url.searchParams.get("cursor") ?? "", "base64").toString());
  const at = cursor.get("p");
  const before = at === null ? -1 : items.findIndex((item) => position(item) <= at);
  // Going back, the page ends just before the cursor; going on, it begins just after it.
  const first = cursor.has("r")
    ? Math.max(0, before - PAGE)
    : items.findIndex((item) => at === null || position(item) < at);
  const start = first < 0 ? items.length : first;
  const end = cursor.has("r") ? Math.max(before, 0) : start + PAGE;
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
    results: results.map(show),
  });
}
